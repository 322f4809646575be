"""Looking over the book, the clock and the machine."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from adapters.cli.failures import OK, WARNINGS, WRONG
from adapters.cli.session import Session
from adapters.cli.verbs import catalogue

if TYPE_CHECKING:
    from engine.queries.finding import Finding


@catalogue("doctor")
@click.option("--strict", is_flag=True, help="Leave with 3 where there are warnings.")
def doctor(session: Session, strict: bool) -> int:
    """What is not as it should be, and what to do about it. Leaves with 1 where there is an error."""
    from engine.queries.doctor import doctor as examine
    from engine.queries.names import Names

    office = session.reading()
    found = examine(office.engine, office.now(), names=Names.of(office))
    say_findings(session, found)
    severities = {each.severity for each in found}
    if "error" in severities:
        return WRONG
    return WARNINGS if strict and "warning" in severities else OK


def say_findings(session: Session, found: list[Finding]) -> None:
    """Findings, a line each, or as rows for a machine."""
    from adapters.cli.tables import Column, show_list

    if session.manners.output == "table":
        for each in found:
            session.say(f"{each.severity:<8} {each.sentence} {each.fix} [{each.code}]")
        if not found:
            session.say("All is well.")
        return
    names = ("severity", "code", "sentence", "fix")
    show_list(session, "findings", found, [Column(name, partial(_field, name)) for name in names])


def _field(name: str, finding: object) -> object:
    return getattr(finding, name)
