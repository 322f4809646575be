"""Reminders, frozen with the deadline that they belong to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from events.instant import Instant
from events.kinds.workflow import ReminderSet
from workflows.calendar import Calendar
from workflows.definition import Reminder


def freeze(
    reminders: tuple[Reminder, ...],
    last_day: date,
    calendar: Calendar,
    resolved: Callable[[str], str | None],
    after: Instant,
) -> tuple[ReminderSet, ...]:
    """Each reminder with its instant, the start of its day; those that would fall before `after` are left out.

    A reminder goes to roles and bodies by name; `resolved` turns ``body`` into the one that the matter is with.
    """
    frozen = []
    for n, reminder in enumerate(reminders, start=1):
        at = calendar.start_of(_day(reminder, last_day, calendar))
        to = tuple(name for name in (resolved(each) for each in reminder.to) if name is not None)
        if at > after and to:
            frozen.append(ReminderSet(n=n, at=at, to=to, words=f"{reminder.by} {reminder.when}"))
    return tuple(frozen)


def _day(reminder: Reminder, last_day: date, calendar: Calendar) -> date:
    if reminder.when == "before":
        return calendar.before(last_day, reminder.by)
    return calendar.add(last_day, reminder.by)
