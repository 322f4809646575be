"""The due index: for every open deadline the next instant at which something happens, a reminder or the deadline.

The tick reads this and nothing else; it can be rebuilt from the log at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from engine.view import Key, Row
from events.fact import Fact
from events.kinds.workflow import DeadlinePassed, DeadlineSet, ReminderSent, ReminderSet
from events.schema import TYPES, Event

_MOVES = tuple(struct for struct in TYPES.values() if "move" in struct.__struct_fields__)
"""Everything that moves a workflow, and so may set a deadline or clear one."""
_reminders = msgspec.json.Decoder(tuple[ReminderSet, ...])


class Due:
    """One row an open deadline; `reminder` is 0 where the deadline itself comes next."""

    name = "due"
    columns: Mapping[str, type[str] | type[int]] = {
        "stream": str,
        "subject": str,
        "name": str,
        "workflow": str,
        "n": int,
        "due_at": str,
        "reminder": int,
        "deadline_at": str,
        "passed": int,
        "last_day": str,
        "original": str,
        "rule": str,
        "pending": str,
    }
    key = ("stream", "subject", "name")
    ranged = True
    indexes: tuple[tuple[str, ...], ...] = (("due_at",),)
    heeds: tuple[type[Event], ...] = (*_MOVES, DeadlinePassed, ReminderSent)

    def touches(self, fact: Fact[Event]) -> Iterable[Key]:
        """Every deadline that the fact sets, clears, passes or reminds of."""
        sets, clears, subject = _clocks(fact.event)
        reached = (fact.event.name,) if isinstance(fact.event, DeadlinePassed | ReminderSent) else ()
        if subject is None or not (reached or clears or sets):
            return ()
        names = (*reached, *clears, *(deadline.name for deadline in sets))
        return [(fact.stream, subject, name) for name in dict.fromkeys(names)]

    def fold(self, row: Row | None, key: Key, fact: Fact[Event]) -> Row | None:
        """Passed first, then cleared, then set, in that order within one fact."""
        event = fact.event
        sets, clears, _ = _clocks(event)
        name = key[2]
        match event:
            case ReminderSent() if event.name == name and row is not None:
                row = _next(row, tuple(r for r in pending_reminders(row) if r.n != event.reminder))
            case DeadlinePassed() if event.name == name and row is not None:
                still = tuple(r for r in pending_reminders(row) if r.at >= event.due_at)
                row = _next({**row, "passed": 1}, still) if still else None
            case _:
                pass
        if name in clears:
            row = None
        for deadline in sets:
            if deadline.name == name:
                row = _opened(key, deadline, _workflow(event))
        return row


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


def _opened(key: Key, deadline: DeadlineSet, workflow: str) -> Row | None:
    row: Row = {
        "stream": key[0],
        "subject": key[1],
        "name": key[2],
        "workflow": workflow,
        "n": deadline.n,
        "due_at": deadline.due_at,
        "reminder": 0,
        "deadline_at": deadline.due_at,
        "passed": 0,
        "last_day": deadline.last_day.isoformat(),
        "original": deadline.original.isoformat() if deadline.original else None,
        "rule": deadline.rule,
        "pending": "[]",
    }
    return _next(row, deadline.remind)


def pending_reminders(row: Row) -> tuple[ReminderSet, ...]:
    """The reminders of an open deadline that are still to be sent, oldest first."""
    text = str(row["pending"])
    return _reminders.decode(text) if text != "[]" else ()


def _next(row: Row, pending: tuple[ReminderSet, ...]) -> Row | None:
    """The row with what happens next; None where nothing more does."""
    pending = tuple(sorted(pending, key=lambda reminder: reminder.at))
    kept = {**row, "pending": msgspec.json.encode(pending).decode()}
    if pending and (row["passed"] or pending[0].at < str(row["deadline_at"])):
        return {**kept, "due_at": pending[0].at, "reminder": pending[0].n}
    if row["passed"]:
        return None
    return {**kept, "due_at": row["deadline_at"], "reminder": 0}
