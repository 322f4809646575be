"""Counting working days by arithmetic: whole weeks at once, minus the bank holidays in between.

Never a walk from day to day: a thousand deadlines fired after an outage each ask how late they are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date

_MONDAY_TO_FRIDAY = 5


class WorkingDays:
    """Working days under one set of bank holidays. Day numbers are `date.toordinal`; day 1 was a Monday."""

    __slots__ = ("_holidays", "_years")

    def __init__(self, holidays: Callable[[int], Mapping[date, str]]) -> None:
        self._holidays = holidays
        self._years: dict[int, tuple[int, ...]] = {}

    def is_one(self, day: date) -> bool:
        """Whether people work on this day."""
        return day.weekday() < _MONDAY_TO_FRIDAY and day.toordinal() not in self._lost_in(day.year)

    def between(self, a: date, b: date) -> int:
        """Working days after `a`, up to and including `b`; 0 where `b` is not later."""
        if b <= a:
            return 0
        return _weekdays_until(b.toordinal()) - _weekdays_until(a.toordinal()) - self._lost(a, b)

    def after(self, day: date, amount: int) -> date:
        """The `amount`-th working day after `day`."""
        start = _weekdays_until(day.toordinal())
        reach = amount
        while True:
            found = date.fromordinal(_weekday_number(start + reach))
            needed = amount + self._lost(day, found)
            if needed == reach:
                return found
            reach = needed

    def before(self, day: date, amount: int) -> date:
        """The `amount`-th working day before `day`."""
        start = _weekdays_until(day.toordinal() - 1)
        reach = amount
        while True:
            found = date.fromordinal(_weekday_number(start - reach + 1))
            eve = date.fromordinal(found.toordinal() - 1)
            needed = amount + self._lost(eve, date.fromordinal(day.toordinal() - 1))
            if needed == reach:
                return found
            reach = needed

    def _lost(self, a: date, b: date) -> int:
        """Bank holidays on weekdays after `a`, up to and including `b`."""
        low, high = a.toordinal(), b.toordinal()
        return sum(
            bisect_right(lost, high) - bisect_right(lost, low)
            for lost in (self._lost_in(year) for year in range(a.year, b.year + 1))
        )

    def _lost_in(self, year: int) -> tuple[int, ...]:
        known = self._years.get(year)
        if known is None:
            days = (day for day in self._holidays(year) if day.weekday() < _MONDAY_TO_FRIDAY)
            known = tuple(sorted(day.toordinal() for day in days))
            self._years[year] = known
        return known


def _weekdays_until(ordinal: int) -> int:
    """How many Mondays to Fridays there are up to and including a day number."""
    weeks, days = divmod(ordinal, 7)
    return weeks * _MONDAY_TO_FRIDAY + min(days, _MONDAY_TO_FRIDAY)


def _weekday_number(count: int) -> int:
    """The day number of the `count`-th Monday to Friday: the inverse of `_weekdays_until`."""
    weeks, days = divmod(count - 1, _MONDAY_TO_FRIDAY)
    return weeks * 7 + days + 1
