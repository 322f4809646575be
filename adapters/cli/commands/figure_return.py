"""A whole return confirmed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from adapters.cli.failures import OK
from adapters.cli.session import Session
from adapters.cli.verbs import task

if TYPE_CHECKING:
    from engine.importing.confirm_return import ConfirmResult


@task("confirm-return")
@click.option("--service", metavar="SERVICE", help="Only figures of this service.")
@click.option("--indicator", metavar="CODE", help="Only figures of this indicator.")
@click.option("--period", metavar="PERIOD", help="Only figures of this period.")
@click.option(
    "--acting-for", metavar="PERSON", help="Whom you stand in for, by a delegation from them to you."
)
def confirm_return(
    session: Session,
    service: str | None,
    indicator: str | None,
    period: str | None,
    acting_for: str | None,
) -> int:
    """Confirm everything that waits and that you may confirm. What is left out is listed with who may."""
    from adapters.cli.progress import reaching
    from adapters.cli.tables import as_json
    from engine.imports import confirm_return as confirm

    office = session.writing()
    with reaching(session, "Confirming") as progress:
        result = confirm(
            office,
            actor=session.actor(office),
            acting_for=office.person(acting_for) if acting_for else None,
            service=service,
            indicator=indicator,
            period=period,
            dry_run=session.manners.dry_run,
            progress=progress,
        )
    session.note("return confirmed", confirmed=len(result.confirmed), skipped=len(result.skipped))
    if session.json:
        session.say(as_json("return", result=result))
    else:
        _show_result(session, result)
    return OK


def _show_result(session: Session, result: ConfirmResult) -> None:
    would = "would be " if result.dry_run else ""
    statuses = ", ".join(f"{status} {count}" for status, count in result.statuses)
    count = len(result.confirmed)
    session.say(
        f"{count} figure{'' if count == 1 else 's'} {would}confirmed"
        + (f": {statuses}." if statuses else ".")
    )
    if result.approved:
        session.say(
            f"{len(result.approved)} {would or 'were '}approved; more people have to approve them still."
        )
    for figure, trigger, body in result.fired:
        session.say(f"  {figure}: trigger {trigger} fired" + (f" → {body}" if body else ""))
    for each in result.skipped:
        session.say(f"  {each.ref} was left out: {each.reason}")
