"""Whether the record is whole."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from adapters.cli.failures import OK, WRONG, tell_error
from adapters.cli.session import Session
from adapters.cli.verbs import plain
from events.errors import Broken

if TYPE_CHECKING:
    from engine.audit.verify import Verification

DAMAGED = ("GT-DB-012", "GT-DB-013", "GT-DB-031", "GT-DB-222")
"""A book that cannot even be opened is a finding too, and leaves as one."""
RESTORE = "Copy the book away as it is, and restore the last backup that passes 'goldenthread audit verify'."
REBUILD = "The record itself is whole: run 'goldenthread db rebuild', which fills the views from it again."


@plain("verify")
@click.option("--views/--no-views", default=True, help="Compare the views with the log too (the default).")
def verify(session: Session, views: bool) -> int:
    """Check every fact against its hash, its columns and its neighbours, and the outbox against what the facts tell.

    Leaves with 1 where something is wrong, also where the file is too damaged to be opened as a book.
    """
    from adapters.cli.progress import reaching
    from engine.audit.verify import verify as walk
    from engine.views import VIEWS

    try:
        store = session.doors.doorway.open(write=False).store
    except Broken as damaged:
        if damaged.problems[0].code not in DAMAGED:
            raise
        tell_error(damaged, session.manners)
        return WRONG
    with closing(store), reaching(session, "Verifying") as progress:
        found = walk(store, progress, VIEWS if views else (), notices=True)
    if session.json:
        _say_as_json(session, found)
    else:
        _say(session, found)
    return WRONG if found.count else OK


def _say(session: Session, found: Verification) -> None:
    from engine.audit.verify import NOT_PROVEN

    for fault in found.faults:
        session.say(f"{fault.kind:<8} {fault.sentence}")
    if found.count > len(found.faults):
        session.say(f"… and {found.count - len(found.faults)} more.")
    looked = f"{found.events} events, {found.commands} commands, {found.streams} streams"
    if not found.count:
        session.say(f"Whole: {looked}{', views equal to the log' if found.views == 'equal' else ''}.")
        session.say(NOT_PROVEN)
        return
    session.say(f"{found.count} fault{'' if found.count == 1 else 's'} ({looked} checked)")
    if found.views == "not compared":
        session.say("The views were not compared: what they are filled from is not whole.")
    session.aside(REBUILD if found.rebuild_helps else RESTORE)


def _say_as_json(session: Session, found: Verification) -> None:
    from adapters.cli.tables import as_json
    from engine.audit.verify import NOT_PROVEN

    told = as_json(
        "verification",
        events=found.events,
        commands=found.commands,
        streams=found.streams,
        views=found.views,
        count=found.count,
        faults=[fault._asdict() for fault in found.faults],
        fix="" if not found.count else REBUILD if found.rebuild_helps else RESTORE,
        not_proven=NOT_PROVEN,
    )
    session.say(told)
