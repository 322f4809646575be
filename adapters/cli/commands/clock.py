"""A clock that had run ahead and was put right."""

from __future__ import annotations

import click

from adapters.cli.session import Session
from adapters.cli.verbs import write


@write("correct")
@click.option("--reason", required=True, metavar="WORDS", help="What was the matter with the clock.")
def correct(session: Session, reason: str) -> None:
    """Accept that the record ran ahead of a clock that was put right, so that writing may go on."""
    from engine.commands import CorrectClock

    office = session.writing()
    words = office.text(reason)
    session.write(office, CorrectClock(reason=words.ref), texts=[words])
