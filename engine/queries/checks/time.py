"""Whether time passes for a book: its clock, its ticks, its deadlines, and those that could not be passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from engine.deadlines.heartbeat import DAILY, Heartbeat, last_heartbeat, last_trouble
from engine.deadlines.incidents import held_matters, matter_of, open_incidents, ref_of
from engine.deadlines.leap import leap
from engine.deadlines.windows import windows_closed
from engine.handle import deadline_of, just_after
from engine.queries.checks.visit import Visit
from engine.queries.finding import ERROR, WARNING, Finding
from engine.queries.shown import counted
from engine.stamp import owned_up_to, runs_ahead
from engine.views import DUE
from events.errors import Broken
from events.instant import Instant, instant, moment


def head_in_the_future(visit: Visit) -> Iterator[Finding]:
    """The record must not end after now."""
    head = visit.reader.store.head()
    corrected = visit.reader.work.book().corrected
    if runs_ahead(head.recorded_at, visit.now) and not owned_up_to(head.recorded_at, corrected):
        yield Finding(
            code="GT-CLOCK-101",
            severity=ERROR,
            sentence=f"The record ends on {visit.shown(head.recorded_at)}, and this machine's clock says "
            f"{visit.shown(visit.now)}.",
            fix="Set the machine's clock right; if the record was written under a clock that had run ahead, say so: "
            "goldenthread clock correct --reason WORDS.",
        )


def tick_in_the_future(visit: Visit) -> Iterator[Finding]:
    """Nor may the last tick have been after now."""
    last = _heartbeat(visit)
    if last is not None and runs_ahead(last.at, visit.now):
        yield Finding(
            code="GT-CLOCK-110",
            severity=ERROR,
            sentence=f"The last tick ran on {visit.shown(last.at)}, and this machine's clock says {visit.shown(visit.now)}.",
            fix="Set the clocks of both machines right, then run 'goldenthread tick'; what a clock that runs ahead has "
            "passed, it passed too early.",
        )


def unreadable_heartbeat(visit: Visit) -> Iterator[Finding]:
    """What a tick leaves behind must be what a tick writes."""
    try:
        last_heartbeat(visit.reader.store)
    except Broken as broken:
        (problem,) = broken.problems
        yield Finding(code=problem.code, severity=ERROR, sentence=problem.sentence, fix=problem.fix)


def stale_tick(visit: Visit) -> Iterator[Finding]:
    """Somebody or something has to tick."""
    try:
        last = last_heartbeat(visit.reader.store)
    except Broken:
        return
    if last is None and visit.reader.store.rows(DUE, limit=1):
        yield Finding(
            code="GT-CLOCK-103",
            severity=WARNING,
            sentence="Deadlines are set, and nothing has ever looked whether they have passed.",
            fix="Let 'goldenthread worker' run, or 'goldenthread tick' every day, from cron, systemd or another timer.",
        )
    elif (unusual := leap(visit.engine, visit.now)) is not None:
        yield Finding(code=unusual.code, severity=WARNING, sentence=unusual.sentence, fix=unusual.fix)
    elif last is not None and moment(visit.now) > moment(last.next_by):
        yield Finding(
            code="GT-CLOCK-104",
            severity=WARNING,
            sentence=f"The last tick ran on {visit.shown(last.at)}, and the next should have come by "
            f"{visit.shown(last.next_by)}.",
            fix="Run 'goldenthread tick' now, and see why the worker or the timer that should do it does not.",
        )


def overdue_rows(visit: Visit) -> Iterator[Finding]:
    """What fell due must have been passed by a tick, as soon as the last one promised; incidents are told apart."""
    last = _heartbeat(visit)
    allowed = last.promise if last is not None else DAILY
    before = instant(moment(visit.now) - min(allowed, DAILY))
    incidents = open_incidents(visit.reader.store)
    held = held_matters(incidents.values())
    rows = visit.reader.rows(DUE, below={"due_at": just_after(before)}, order_by=("due_at",))
    waiting = [(deadline_of(row, visit.now), Instant(str(row["due_at"]))) for row in rows]
    overdue = [
        since for each, since in waiting if each.command_id not in incidents and matter_of(each) not in held
    ]
    if overdue:
        yield Finding(
            code="GT-CLOCK-102",
            severity=WARNING,
            sentence=f"{counted(len(overdue), 'deadline or reminder', 'deadlines and reminders')} fell due and "
            f"{'was' if len(overdue) == 1 else 'were'} not passed; the oldest on {visit.shown(overdue[0])}.",
            fix="Run 'goldenthread tick' now, and let a worker, cron, systemd or another timer do it from here on.",
        )


def windows_not_passed(visit: Visit) -> Iterator[Finding]:
    """The time for figures that is over must have been looked at by a tick, as soon as the last one promised."""
    last = _heartbeat(visit)
    allowed = min(last.promise, DAILY) if last is not None else timedelta(0)
    before = instant(moment(visit.now) - allowed)
    closed = windows_closed(visit.engine, visit.now, before) or []
    passed = visit.reader.store.known([each.command_id for each in closed])
    incidents = open_incidents(visit.reader.store)
    missed = [each for each in closed if each.command_id not in passed and each.command_id not in incidents]
    if missed:
        yield Finding(
            code="GT-CLOCK-210",
            severity=WARNING,
            sentence=f"The time for {counted(len(missed), 'figure', 'figures')} is over, and no tick has said so; "
            f"{'it ended' if len(missed) == 1 else 'the first ended'} on {visit.shown(missed[0].due_at)}.",
            fix="Run 'goldenthread tick' now, and let a worker, cron, systemd or another timer do it from here on.",
        )


def standing_incidents(visit: Visit) -> Iterator[Finding]:
    """A deadline that could not be passed waits for its next try, or for a person."""
    incidents = list(open_incidents(visit.reader.store).values())
    if incidents:
        first = incidents[0]
        about = f"{first.stream.partition('/')[2]}#{first.subject}"
        yield Finding(
            code="GT-CLOCK-107",
            severity=ERROR,
            sentence=f"{counted(len(incidents), 'deadline or reminder', 'deadlines and reminders')} could not be passed, "
            f"the first since {visit.shown(first.first_failed_at)}: '{first.name}' of {about} "
            f"({counted(first.attempts, 'try', 'tries')}). {first.sentence}",
            fix=f"See 'goldenthread incident list' and 'goldenthread incident show {ref_of(first.firing)}'; each is "
            "tried again by itself, or now with 'goldenthread incident retry'.",
        )


def failing_worker(visit: Visit) -> Iterator[Finding]:
    """A worker whose last beats failed as a whole has passed nothing."""
    trouble = last_trouble(visit.reader.store)
    if trouble is not None:
        yield Finding(
            code="GT-CLOCK-120",
            severity=ERROR,
            sentence=f"The worker {trouble.by} has not been able to tick since {visit.shown(trouble.since)} "
            f"({counted(trouble.beats, 'try', 'tries')}): {trouble.sentence}",
            fix="It goes on trying; its log names the place. 'goldenthread tick' shows whether another can.",
        )


def _heartbeat(visit: Visit) -> Heartbeat | None:
    try:
        return last_heartbeat(visit.reader.store)
    except Broken:
        return None  # told by a check of its own
