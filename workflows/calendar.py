"""A council's calendar: which days are working days, when a period of time ends, and when a day ends.

Months go to the corresponding date, else to the last day of the month, always in one addition from the day
counted from, which is itself excluded: 30 November + 3 months = 28 February (29 in a leap year).
Source: the corresponding date rule of UK law (Dodds v Walker [1981] 1 WLR 1027); bank holidays per nation.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from events.instant import Instant, instant, moment
from workflows.duration import Duration, parse_duration
from workflows.working_days import WorkingDays

__all__ = ["ROLLS", "Calendar", "Duration", "in_words", "parse_duration"]

ROLLS = ("none", "next working day", "previous working day")
"""What to do with a last permitted day on which nobody works."""
MIDNIGHT = "midnight"
MOST_SPANS = 4_096
"""So many spans of working days are kept: a whole return asks for the same one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Date arithmetic for one council. Dates are local; instants are UTC."""

    time_zone: str
    nation: str
    holidays: Callable[[int], Mapping[date, str]]
    """Year → its bank holidays and one-off days, day → name."""
    year_starts: tuple[int, int] = (4, 1)
    """(month, day) on which the council's year starts."""
    day_ends: str = MIDNIGHT
    """``midnight``, or office close as HH:MM from 02:00 on: no clock change can then touch it."""
    id: str = ""
    """Frozen with every deadline, so that a reader knows what it was computed with."""
    windows: dict[object, object] = field(init=False, repr=False, compare=False, default_factory=dict)
    """Submission windows computed before; see `window`."""
    _between: dict[tuple[date, date], int] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _working: WorkingDays = field(init=False, repr=False, compare=False)
    _zone: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_working", WorkingDays(self.holidays))
        object.__setattr__(self, "_zone", ZoneInfo(self.time_zone))
        if not self.id:
            ends = "" if self.day_ends == MIDNIGHT else f"; days end at {self.day_ends}"
            object.__setattr__(self, "id", f"{self.time_zone}; bank holidays of {self.nation}{ends}")

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday and no bank holiday."""
        return self._working.is_one(day)

    def add(self, start: date, duration: Duration) -> date:
        """The last permitted day, counted from `start`, which is excluded."""
        if duration.unit == "working days":
            return self._working.after(start, duration.amount)
        return later_by(start, duration)

    def before(self, day: date, duration: Duration) -> date:
        """The day that lies a duration before `day`: for reminders."""
        match duration.unit:
            case "months":
                return _months(day, -duration.amount)
            case "working days":
                return self._working.before(day, duration.amount)
            case _:
                return day - timedelta(days=duration.amount)

    def roll(self, day: date, how: str = "none") -> date:
        """The same day, or the nearest working day after or before it where nobody works on it."""
        if how == "none" or self.is_working_day(day):
            return day
        return self._working.after(day, 1) if how == "next working day" else self._working.before(day, 1)

    def due_at(self, last_day: date) -> Instant:
        """The first instant after the last permitted day: a report at 23:59:59 local time is in time."""
        if self.day_ends == MIDNIGHT:
            return self.start_of(last_day + timedelta(days=1))
        return self._instant(last_day, time.fromisoformat(self.day_ends))

    def start_of(self, day: date) -> Instant:
        """The first instant of a day, in local time."""
        return self._instant(day, time(0))

    def local_date(self, at: Instant) -> date:
        """The local date on which an instant falls."""
        return _local_date(self._zone, at)

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days lie after `a`, up to and including `b`; 0 where `b` is not later."""
        known = self._between.get((a, b))
        if known is None:
            if len(self._between) >= MOST_SPANS:
                self._between.clear()
            known = self._between[a, b] = self._working.between(a, b)
        return known

    def words(self, duration: Duration, start: date, roll: str = "none") -> str:
        """The rule as people read it: ``3 months from 30 November 2026``."""
        moved = "" if roll == "none" else f", else the {roll}"
        return f"{duration} from {in_words(start)}{moved}"

    def _instant(self, day: date, at: time) -> Instant:
        return instant(datetime.combine(day, at, tzinfo=self._zone))


@lru_cache(maxsize=4096)
def _local_date(zone: ZoneInfo, at: Instant) -> date:
    """A tick asks of one instant again and again."""
    return moment(at).astimezone(zone).date()


@lru_cache(maxsize=4096)
def in_words(day: date) -> str:
    """A date as people write it: ``30 November 2026``."""
    return f"{day.day} {day:%B} {day.year}"


def later_by(start: date, duration: Duration) -> date:
    """A day, later by days or months: what needs no council's calendar."""
    if duration.unit == "months":
        return _months(start, duration.amount)
    return start + timedelta(days=duration.amount)


def _months(start: date, amount: int) -> date:
    years, index = divmod(start.month - 1 + amount, 12)
    year, month = start.year + years, index + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
