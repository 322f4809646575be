"""Proof that the record is whole."""

from __future__ import annotations

import click

from adapters.cli.failures import OK, WRONG
from adapters.cli.session import Session
from adapters.cli.verbs import plain


@plain("verify")
@click.option("--views/--no-views", default=True, help="Compare the views with the log too (the default).")
def verify(session: Session, views: bool) -> int:
    """Check every fact against its hash, its columns and its neighbours. Leaves with 1 where something is wrong."""
    from adapters.cli.progress import reaching
    from adapters.cli.tables import as_json
    from engine.audit import verify as walk
    from engine.views import VIEWS

    office = session.reading()
    with reaching(session, "Verifying") as progress:
        found = walk(office.store, progress, VIEWS if views else ())
    if session.json:
        faults = [fault._asdict() for fault in found.faults]
        session.say(
            as_json(
                "verification",
                events=found.events,
                commands=found.commands,
                streams=found.streams,
                count=found.count,
                faults=faults,
            )
        )
        return WRONG if found.count else OK
    for fault in found.faults:
        session.say(f"{fault.kind:<8} {fault.sentence}")
    if found.count > len(found.faults):
        session.say(f"… and {found.count - len(found.faults)} more.")
    looked = f"{found.events} events, {found.commands} commands, {found.streams} streams"
    if found.count:
        session.say(f"{found.count} fault{'' if found.count == 1 else 's'} ({looked} checked)")
        session.aside(
            "Copy the book away as it is, and restore the last backup that passes 'goldenthread audit verify'."
        )
        return WRONG
    session.say(f"Whole: {looked}{', views equal to the log' if views else ''}.")
    return OK
