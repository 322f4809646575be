"""Proof that the record is whole."""

from __future__ import annotations

import click

from adapters.cli.failures import DIFFERENT, OK, WRONG
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


@plain("replay")
def replay(session: Session) -> int:
    """Make every judgement again from what was known then, by the pack of then. Leaves with 10 where one differs."""
    from msgspec import to_builtins

    from adapters.cli.progress import reaching
    from adapters.cli.tables import as_json
    from engine.replay import replay as judge_again

    office = session.reading()
    with reaching(session, "Replaying") as progress:
        found = judge_again(office.store, office.engine.shelf, progress=progress)
    if session.json:
        differences = [to_builtins(each) for each in found.differences]
        session.say(
            as_json("replay", facts=found.facts, judgements=found.judgements, differences=differences)
        )
        return DIFFERENT if differences else OK
    for each in found.differences:
        session.say(
            f"event {each.position}  {each.figure}: recorded '{each.recorded}', replayed '{each.replayed}'"
        )
    if found.differences:
        session.say(f"{len(found.differences)} of {found.judgements} judgements do not come out as recorded.")
        return DIFFERENT
    session.say(f"All {found.judgements} judgements come out as recorded ({found.facts} events replayed).")
    return OK
