"""The due index: for every open deadline the next instant at which something happens, a reminder or the deadline.

The tick reads this and nothing else; it can be rebuilt from the log at any time.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from msgspec.structs import replace

from engine.view import Key, Line, columns_of
from events.fact import Fact
from events.kinds.workflow import DeadlinePassed, DeadlineSet, ReminderSent, ReminderSet
from events.schema import TYPES, Event

_MOVES = tuple(struct for struct in TYPES.values() if "move" in struct.__struct_fields__)
"""Everything that moves a workflow, and so may set a deadline or clear one."""
_reminders = msgspec.json.Decoder(tuple[ReminderSet, ...])
NONE_PENDING = "[]"


class OpenDeadline(Line, gc=False):
    """A deadline that runs, and what happens next about it."""

    stream: str
    subject: str
    name: str
    workflow: str
    n: int
    due_at: str
    reminder: int
    """0 where the deadline itself comes next."""
    deadline_at: str
    passed: int
    last_day: str
    original: str | None
    rule: str
    pending: str


class Due:
    """One row an open deadline."""

    name = "due"
    line = OpenDeadline
    columns = columns_of(OpenDeadline)
    key = ("stream", "subject", "name")
    ranged = True
    indexes: tuple[tuple[str, ...], ...] = (("due_at",),)
    heeds: tuple[type[Event], ...] = (*_MOVES, DeadlinePassed, ReminderSent)

    def touches(self, fact: Fact[Event]) -> Collection[Key]:
        """Every deadline that the fact sets, clears, passes or reminds of."""
        event = fact.event
        sets, clears, subject = _clocks(event)
        names = [event.name] if isinstance(event, DeadlinePassed | ReminderSent) else []
        if sets or clears:
            names = list(dict.fromkeys((*names, *clears, *(deadline.name for deadline in sets))))
        return [(fact.stream, subject, name) for name in names] if subject is not None else ()

    def fold(self, row: OpenDeadline | None, key: Key, fact: Fact[Event]) -> OpenDeadline | None:
        """Passed first, then cleared, then set, in that order within one fact."""
        event = fact.event
        sets, clears, _ = _clocks(event)
        name = key[2]
        if row is not None and isinstance(event, DeadlinePassed | ReminderSent) and event.name == name:
            row = _reached(row, event)
        if name in clears:
            row = None
        for deadline in sets:
            if deadline.name == name:
                row = _opened(key, deadline, _workflow(event))
        return row


def _reached(row: OpenDeadline, event: DeadlinePassed | ReminderSent) -> OpenDeadline | None:
    pending = reminders(row.pending)
    if isinstance(event, ReminderSent):
        return _next(row, tuple(each for each in pending if each.n != event.reminder))
    still = pending and tuple(each for each in pending if each.at >= event.due_at)
    return _next(replace(row, passed=1), still) if still else None


def _clocks(event: Event) -> tuple[tuple[DeadlineSet, ...], tuple[str, ...], str | None]:
    if isinstance(event, DeadlinePassed):
        return event.sets, event.clears, event.subject
    if isinstance(event, ReminderSent):
        return (), (), event.subject
    move = getattr(event, "move", None)
    return (move.sets, move.clears, move.subject) if move is not None else ((), (), None)


def _workflow(event: Event) -> str:
    move = getattr(event, "move", None)
    return str(move.workflow) if move is not None else str(getattr(event, "workflow", ""))


def _opened(key: Key, deadline: DeadlineSet, workflow: str) -> OpenDeadline | None:
    stream, subject, name = map(str, key)
    row = OpenDeadline(
        stream=stream,
        subject=subject,
        name=name,
        workflow=workflow,
        n=deadline.n,
        due_at=deadline.due_at,
        reminder=0,
        deadline_at=deadline.due_at,
        passed=0,
        last_day=deadline.last_day.isoformat(),
        original=deadline.original.isoformat() if deadline.original else None,
        rule=deadline.rule,
        pending=NONE_PENDING,
    )
    return _next(row, deadline.remind)


def reminders(pending: str) -> tuple[ReminderSet, ...]:
    """The reminders of an open deadline that are still to be sent, oldest first, as its row has them."""
    return _reminders.decode(pending) if pending != NONE_PENDING else ()


def _next(row: OpenDeadline, pending: tuple[ReminderSet, ...]) -> OpenDeadline | None:
    """The row with what happens next; None where nothing more does."""
    pending = tuple(sorted(pending, key=lambda reminder: reminder.at))
    kept = msgspec.json.encode(pending).decode()
    if pending and (row.passed or pending[0].at < row.deadline_at):
        return replace(row, pending=kept, due_at=pending[0].at, reminder=pending[0].n)
    if row.passed:
        return None
    return replace(row, pending=kept, due_at=row.deadline_at, reminder=0)
