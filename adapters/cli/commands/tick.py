"""Letting time pass: everything that is due happens, once, however long nobody looked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from adapters.cli import door
from adapters.cli.failures import OK, WRONG
from adapters.cli.intervals import INTERVAL
from adapters.cli.session import Session
from adapters.cli.verbs import task

if TYPE_CHECKING:
    from engine.deadlines.incidents import Failed
    from engine.deadlines.tick import Ticked
    from engine.office import Office


@task("tick")
@click.option(
    "--every",
    type=INTERVAL,
    default="1d",
    metavar="TIME",
    show_default=True,
    help="How often this is run (30s, 5m, 1h, 1d), so that 'health' knows when it is missing.",
)
@click.option(
    "--catch-up",
    is_flag=True,
    help="Pass also where the last tick was more than 120 days ago: the clock is right, and the book was left alone.",
)
def tick(session: Session, every: timedelta, catch_up: bool) -> int:
    """Pass every deadline and reminder that is due now. Leaves with 1 where one of them failed; it is tried again."""
    from adapters.cli.progress import counting
    from engine.deadlines.heartbeat import DAILY, promise_of
    from engine.deadlines.leap import check_leap
    from engine.deadlines.tick import tick as pass_everything

    office = session.writing()
    if session.manners.dry_run:
        return _rehearse(session, office)
    if not catch_up:
        check_leap(office.engine, office.now())
    promise = DAILY if every == timedelta(days=1) else promise_of(every)
    with counting(session, "Passing what is due") as progress:
        done = pass_everything(
            office.engine,
            office.now(),
            progress,
            clock=office.now,
            by=session.doors.worker,
            promise=promise,
        )
    session.note("ticked", facts=len(done.facts), fired=done.fired, failed=len(done.failed), lag=done.lag)
    return tell_ticked(session, office, done, nothing="Nothing is due.")


def tell_ticked(
    session: Session, office: Office, done: Ticked, *, nothing: str, rehearsed: bool = False
) -> int:
    """Say what passed, how late, and what did not pass; or what would have, where it was only rehearsed."""
    from adapters.cli.answers import WOULD, events_words
    from adapters.cli.tables import as_json
    from adapters.cli.told import Teller

    said = Teller(office).tell(done.facts)
    if session.json:
        fields = ("at", "fired", "lag", "facts", "failed", "ended", "busy")
        whole = {name: getattr(done, name) for name in fields}
        session.say(as_json("tick", said=said, dry_run=rehearsed, **whole))
    elif done.busy:
        session.say("Another worker is ticking this book.")
    else:
        if rehearsed and said:
            said = [f"{WOULD}{said[0]}", *said[1:]]
        for line in said or ([nothing] if not done.failed else []):
            session.say(line)
        if done.facts and not rehearsed:
            session.say(events_words([fact.position for fact in done.facts]))
    for failed in done.failed:
        tell_failed(session, failed, rehearsed=rehearsed)
    return WRONG if done.failed else OK


def tell_failed(session: Session, failed: Failed, *, rehearsed: bool = False) -> None:
    """One that did not pass: on stderr even where quiet was asked for, and in the program's log with its place."""
    deadline = failed.deadline
    about = f"{deadline.stream.partition('/')[2]}#{deadline.subject}"
    if rehearsed:
        door.aside(f"This would not pass: {deadline.name} of {about}: {failed.error}")
        return
    door.aside(
        f"Not passed, tried again later (incident {failed.ref}): {deadline.name} of {about}: {failed.error}"
    )
    session.note(
        "firing failed", incident=failed.ref, firing=deadline.command_id, code=failed.code, trace=failed.trace
    )


def _rehearse(session: Session, office: Office) -> int:
    """What a tick would do, told as a tick tells it, of the book as it would then stand."""
    from adapters.cli.progress import counting
    from engine.deadlines.foretold import foretell
    from engine.deadlines.leap import leap

    if (unusual := leap(office.engine, office.now())) is not None:
        session.aside(f"Warning: {unusual}")
    with counting(session, "Rehearsing what is due") as progress:
        done, then = foretell(office.engine, office.now(), progress)
    return tell_ticked(session, replace(office, engine=then), done, nothing="Nothing is due.", rehearsed=True)
