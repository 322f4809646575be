"""When a figure is asked for, and until when it is in time: computed from period, calendar and pack, never recorded."""

from __future__ import annotations

from datetime import date

import msgspec

from events.instant import Instant
from events.kinds.workflow import ReminderSet
from events.period import Period
from workflows.calendar import Calendar
from workflows.definition import Window
from workflows.organisation import CalendarSettings


class SubmissionWindow(msgspec.Struct, frozen=True, kw_only=True):
    """The window of one period."""

    opens_on: date
    """The day data is asked for."""
    last_day: date
    due_at: Instant
    rule: str
    remind: tuple[ReminderSet, ...]


def submission_window(window: Window, period: Period, settings: CalendarSettings, calendar: Calendar) -> SubmissionWindow:
    """The window in which a period's figure is to be entered and confirmed."""
    raise NotImplementedError
