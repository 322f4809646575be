"""Time passes: everything due is passed once, oldest first, at most five hundred firings in one unit of work.

The tick takes no row locks: each firing's command id says which deadline, which setting of it and for when, and
the log accepts a command id once. After an outage everything due fires, marked with how late. What fails becomes
an incident and is left alone until its next try.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from heapq import merge
from itertools import islice

import msgspec

from engine.collector import at_rest
from engine.commands import Command, PassDeadline
from engine.deadlines.data_requests import data_requests
from engine.deadlines.heartbeat import DAILY, Heartbeat, keep_heartbeat, keep_trouble
from engine.deadlines.incidents import (
    Failed,
    deadline_in,
    end_others,
    held_matters,
    keep_failure,
    matter_of,
    open_incidents,
    stale,
)
from engine.deadlines.windows import looked, windows_closed
from engine.handle import Engine, deadline_of, just_after
from engine.ports import Incident
from engine.queries.reader import Reader
from engine.stamp import check_head, runs_ahead
from engine.states.people import SYSTEM
from engine.views import DUE
from events.errors import Conflict, Refused
from events.fact import Fact
from events.instant import Instant, instant, moment
from events.schema import Event

__all__ = ["Failed", "Ticked", "tick"]

MOST_FIRINGS = 500
"""Firings in one unit of work."""
TURN = "tick"
"""The name under which one worker at a time ticks a book."""


class Ticked(msgspec.Struct, kw_only=True):
    """What one tick did."""

    at: Instant
    """When it began."""
    facts: list[Fact[Event]]
    failed: list[Failed]
    fired: int = 0
    """Deadlines and reminders that passed."""
    lag: int = 0
    """How many seconds after its time the most belated of them passed."""
    ended: int = 0
    """Incidents that stand no longer."""
    busy: bool = False
    """Somebody else is ticking this book: nothing was done."""
    stopped: bool = False
    """Told to stop before everything was done."""


def tick(
    engine: Engine,
    now: Instant,
    progress: Callable[[int], None] | None = None,
    *,
    clock: Callable[[], Instant] | None = None,
    by: str = "",
    promise: timedelta = DAILY,
    stop: Callable[[], bool] = lambda: False,
    at_once: int = MOST_FIRINGS,
) -> Ticked:
    """Pass everything due at `now`, also what those firings make due, until nothing is left or only incidents are.

    `clock` is read anew for each unit of work, since catching up may take long and others record meanwhile: what is
    due is what is due then. Without one it is `now` until the end. `by` and `promise` are for the heartbeat it
    leaves behind; `stop` is asked between units of work, each of `at_once` firings at most. Raises Unavailable or Broken where the book cannot be
    written at all, or could not be if something were due (GT-CLOCK-001); the next tick then tries again.
    """
    with engine.store.alone(TURN) as first:
        if not first:
            return Ticked(at=now, facts=[], failed=[], busy=True)
        going = _Round(engine, now, clock, at_once)
        going.end_incidents()
        while not going.done.stopped and (waiting := going.waiting()):
            going.fire(waiting)
            if progress is not None:
                progress(len(waiting))
            going.done.stopped = stop()
            going.look_at_the_clock()
        if not going.done.stopped:
            going.ask_for_data()
        going.end_incidents()
        going.end_windows()
        done = going.done
        keep_trouble(engine.store, None)
        keep_heartbeat(
            engine.store,
            Heartbeat(
                at=going.now,
                by=by,
                lag=done.lag,
                fired=done.fired,
                failed=len(done.failed),
                next_by=instant(moment(going.now) + promise),
            ),
        )
    return done


def retry(
    engine: Engine,
    incidents: Sequence[Incident],
    now: Instant,
    *,
    clock: Callable[[], Instant] | None = None,
) -> Ticked:
    """Try incidents again now, whatever they wait for, each by itself; those no longer due are ended.

    `clock` is read anew for each, as in `tick`. Raises Conflict GT-CLOCK-116 while somebody is ticking this book.
    """
    with engine.store.alone(TURN) as first:
        if not first:
            raise Conflict.of(
                "GT-CLOCK-116",
                "Another worker is ticking this book just now: nothing was tried.",
                "Do the same again in a moment.",
            )
        going = _Round(engine, now, clock)
        going.end_incidents()
        for incident in incidents:
            if incident.firing in going.open:  # still due
                going.fire([deadline_in(incident)])
                going.look_at_the_clock()
        going.check_index()
        going.end_incidents()
    return going.done


def still_due(engine: Engine, now: Instant) -> set[str]:
    """The firings that are due at `now`, incidents among them; changes nothing."""
    return _Round(engine, now, None).firings_due()


class _Round:
    """One tick at work: what stands open, what has been tried, and what came of it."""

    def __init__(
        self,
        engine: Engine,
        now: Instant,
        clock: Callable[[], Instant] | None,
        at_once: int = MOST_FIRINGS,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._at_once = at_once
        self.now = now
        self._passed: set[str] = set()
        self._just_passed: list[PassDeadline] = []
        """Those that are not among these yet."""
        self._failed: set[str] = set()
        check_head(engine.store.head().recorded_at, now, lambda: Reader(engine).work.book().corrected)
        self.open = open_incidents(engine.store)
        self.done = Ticked(at=now, facts=[], failed=[])
        closed = windows_closed(engine, now)
        self._looked = None if closed is None else now
        self._windows = {each.command_id: each for each in closed or ()}
        """Windows of figures that have closed and are still to be passed, the oldest first."""

    def end_windows(self) -> None:
        """Remember up to when windows were looked at, unless one of them is left."""
        if self._looked is not None and not self._windows:
            looked(self._engine.store, self._looked)

    def look_at_the_clock(self) -> None:
        """Time has gone by: from here on, what is due is what is due then."""
        if self._clock is not None:
            self.now = self._clock()

    def waiting(self) -> Sequence[PassDeadline]:
        """The next to fire; what was fired and is listed all the same is an incident."""
        limit = self._at_once + len(self.open)
        while True:
            listed = self._due(limit, keep=True)
            self._note_stale(listed)
            found = self._not_left_alone(listed) if self.open else listed
            if found or len(listed) < limit:
                return found[: self._at_once]
            limit *= 2

    def _not_left_alone(self, listed: Sequence[PassDeadline]) -> Sequence[PassDeadline]:
        """Without incidents that wait for their next try, and what else passes for their matters."""
        left_alone = {firing for firing, each in self.open.items() if self._waits(each)}
        held = held_matters(self.open[firing] for firing in left_alone)
        return [
            deadline
            for deadline in listed
            if deadline.command_id not in left_alone and matter_of(deadline) not in held
        ]

    def fire(self, waiting: Sequence[PassDeadline]) -> None:
        """Fire these, and keep what fails."""
        with at_rest():
            fired = self._engine.fire_apart(waiting, self.now)
        self._just_passed += fired.passed
        if self._windows:
            self._note_passed()
        self.done.facts += fired.facts
        self.done.fired += len(fired.passed)
        if fired.passed:
            oldest = min(deadline.due_at for deadline in fired.passed)
            lag = moment(self.now) - moment(oldest)
            self.done.lag = max(self.done.lag, int(lag.total_seconds()))
        for failed in fired.failed:
            self._keep(failed)

    def ask_for_data(self) -> None:
        """Ask for the figures whose day has come, each period once."""
        reader = Reader(self._engine)
        if reader.newest is None:
            return
        today = reader.calendar.local_date(self.now)
        for request in data_requests(reader, today):
            command_id = f"data-request {request.period} {request.lag}".strip()
            if self._engine.store.command(command_id) is not None:  # asked for too early
                command_id += f" on {today}"
            command = Command(
                command_id=command_id,
                request=request,
                actor=SYSTEM,
                account=SYSTEM,
                received_at=self.now,
            )
            with suppress(Refused, Conflict):  # it stands in no deadline's way, and the next tick asks again
                self.done.facts += self._engine.handle(command).facts

    def check_index(self) -> None:
        """Note what was fired and is listed all the same."""
        self._note_stale(self._due(None))

    def end_incidents(self) -> None:
        """End the incidents that are no longer due, whoever or whatever passed them."""
        if not self.open:
            return
        ended = end_others(self._engine.store, self.open.values(), self.firings_due(), self.now)
        for incident in ended:
            del self.open[incident.firing]
        self.done.ended += len(ended)

    def firings_due(self) -> set[str]:
        """What the due index lists."""
        return {deadline.command_id for deadline in self._due(None)}

    def _due(self, limit: int | None, *, keep: bool = False) -> list[PassDeadline]:
        """What is due; `keep`: its rows are kept for the commit that follows."""
        if keep:
            self._engine.memory.catch_up()
        rows = self._engine.store.rows(
            DUE, below={"due_at": just_after(self.now)}, order_by=("due_at",), limit=limit
        )
        if keep:
            self._engine.memory.keep(DUE, rows)
        listed = [deadline_of(row, self.now) for row in rows]
        together = merge(listed, self._windows.values(), key=lambda each: each.due_at)
        return list(islice(together, limit)) if self._windows else listed

    def _waits(self, incident: Incident) -> bool:
        """Whether an incident is left alone for now: its next try is later, or was made in this tick.

        One that failed at a time still to come did so under a clock that had run ahead: it need not wait for that.
        """
        later = incident.next_try_at > self.now and not runs_ahead(incident.last_failed_at, self.now)
        return later or incident.firing in self._failed

    def _note_passed(self) -> None:
        """Remember what passed; asked for only where something is listed that might be among it."""
        for deadline in self._just_passed:
            firing = deadline.command_id
            if self._windows.pop(firing, None) is None:
                self._passed.add(firing)
        self._just_passed.clear()

    def _note_stale(self, listed: Sequence[PassDeadline]) -> None:
        if listed:
            self._note_passed()
        for deadline in listed if self._passed else ():
            if deadline.command_id in self._passed:
                self._passed.remove(deadline.command_id)
                self.done.fired -= 1
                self._keep(stale(deadline))

    def _keep(self, failed: Failed) -> None:
        firing = failed.deadline.command_id
        self.open[firing] = keep_failure(self._engine.store, failed, self.open.get(firing), self.now)
        self._failed.add(firing)
        self.done.failed.append(failed)
