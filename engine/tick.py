"""Time passes: everything due is passed once, oldest first, at most a hundred firings in one unit of work.

The tick takes no row locks: each firing's command id says which deadline, which setting of it and for when, and
the log accepts a command id once. After an outage everything due fires, marked with how late.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from engine.commands import PassDeadline
from engine.handle import Engine, deadline_of, just_after
from engine.views import DUE
from events.errors import GoldenthreadError
from events.fact import Fact
from events.instant import Instant
from events.schema import Event

MOST_FIRINGS = 100
"""Firings in one unit of work."""
STALE = (
    "It passed, and the due index still lists it: the index differs from the log. "
    "Run 'goldenthread db rebuild'; nothing fires twice meanwhile."
)


class Failed(msgspec.Struct, frozen=True):
    """A firing that did not succeed; it stays due and blocks nobody."""

    deadline: PassDeadline
    error: str


class Ticked(msgspec.Struct, kw_only=True):
    """What one tick did."""

    at: Instant
    facts: list[Fact[Event]]
    failed: list[Failed]


def tick(engine: Engine, now: Instant, progress: Callable[[int], None] | None = None) -> Ticked:
    """Pass everything due at `now`, also what those firings make due, until nothing is left or only failures are."""
    done = Ticked(at=now, facts=[], failed=[])
    fired: set[str] = set()
    failing: set[str] = set()
    while waiting := _due(engine, now, failing):
        stale = [deadline for deadline in waiting if deadline.command_id in fired]
        if stale:
            failing |= {deadline.command_id for deadline in stale}
            done.failed += [Failed(deadline, STALE) for deadline in stale]
            continue
        fired |= {deadline.command_id for deadline in waiting}
        try:
            done.facts += engine.fire(waiting, now)
        except GoldenthreadError:
            _one_by_one(engine, waiting, now, done, failing)
        if progress is not None:
            progress(len(waiting))
    engine.store.set_meta("last_tick", now)
    return done


def _due(engine: Engine, now: Instant, failing: set[str]) -> list[PassDeadline]:
    rows = engine.store.rows(
        DUE, below={"due_at": just_after(now)}, order_by=("due_at",), limit=MOST_FIRINGS + len(failing)
    )
    waiting = [deadline_of(row, now) for row in rows]
    return [deadline for deadline in waiting if deadline.command_id not in failing]


def _one_by_one(
    engine: Engine, waiting: list[PassDeadline], now: Instant, done: Ticked, failing: set[str]
) -> None:
    """Find which of a failed hundred fails, so that the others pass."""
    for deadline in waiting:
        try:
            done.facts += engine.fire([deadline], now)
        except GoldenthreadError as error:
            failing.add(deadline.command_id)
            done.failed.append(Failed(deadline, str(error)))
