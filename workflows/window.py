"""When a figure is asked for, and until when it is in time: computed from period, calendar and pack, never recorded."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from events.instant import Instant
from events.kinds.workflow import ReminderSet
from events.period import Period
from workflows.calendar import Calendar, later_by
from workflows.definition import Window
from workflows.duration import Duration
from workflows.organisation import CalendarSettings
from workflows.reminders import freeze


class SubmissionWindow(msgspec.Struct, frozen=True, kw_only=True):
    """The window of one period."""

    opens_on: date
    """The day data is asked for."""
    last_day: date
    due_at: Instant
    """The first instant after it: what comes from then on is marked late."""
    rule: str


def submission_window(
    window: Window,
    period: Period,
    settings: CalendarSettings,
    calendar: Calendar,
    lag: Duration | None = None,
) -> SubmissionWindow:
    """The window in which a period's figure is to be entered and confirmed; computed once for a whole return."""
    key = window.within, period, settings.year_starts, settings.data_requests.get(period.kind), lag
    found = calendar.windows.get(key)
    if not isinstance(found, SubmissionWindow):
        found = calendar.windows[key] = _computed(window, period, settings, calendar, lag)
    return found


def known_from(period: Period, year_starts: tuple[int, int], lag: Duration | None = None) -> date:
    """The first day on which a period's figure can be known: the day after it ends, later by the indicator's lag.

    A lag is counted in days or months; nobody's working days have to do with it.
    """
    after = period.last_day(year_starts) + timedelta(days=1)
    return after if lag is None else later_by(after, lag)


def asked_on(period: Period, settings: CalendarSettings, lag: Duration | None = None) -> date:
    """The first data request once a period's figure can be known; that day itself where its kind has no request days."""
    after = known_from(period, settings.year_starts, lag)
    days = settings.data_requests.get(period.kind, ())
    coming = (date(year, month, day) for year in (after.year, after.year + 1) for month, day in days)
    return min((day for day in coming if day >= after), default=after)


def window_reminders(
    window: Window, found: SubmissionWindow, calendar: Calendar, after: Instant
) -> tuple[ReminderSet, ...]:
    """The window's reminders that fall after an instant."""
    return freeze(window.remind, found.last_day, calendar, lambda name: name, after)


def _computed(
    window: Window, period: Period, settings: CalendarSettings, calendar: Calendar, lag: Duration | None
) -> SubmissionWindow:
    opens_on = asked_on(period, settings, lag)
    last_day = calendar.add(opens_on, window.within)
    return SubmissionWindow(
        opens_on=opens_on,
        last_day=last_day,
        due_at=calendar.due_at(last_day),
        rule=calendar.words(window.within, opens_on),
    )
