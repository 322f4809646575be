"""Periods a figure is for: a month, a quarter, a half-year or a year of the council's calendar.

Written ``2016-04`` (a calendar month), ``2026-Q2``, ``2026-H1`` and ``2026`` (the year that *begins* in
2026, shown as 2026/27 where years start in April). Quarters and halves count from the start of the
council's year, so with years from 1 April ``2026-Q2`` is July to September 2026.
Source: financial years of UK local government; Maidstone 2012 and Kent 2011 calendars.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

import msgspec

from events.errors import Invalid, Problem

_SPELLINGS = re.compile(
    r"(?P<year>[1-9]\d{3})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>0[1-9]|1[0-2])))?"
)

MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months each kind of period spans."""


class Period(msgspec.Struct, frozen=True, order=True):
    """One period: its kind, its year, and its number within the year counted from 1 (a month's own number)."""

    kind: str
    year: int
    number: int

    def __str__(self) -> str:
        found = _TEXTS.get(self)
        if found is None:
            if len(_TEXTS) >= _MOST_TEXTS:
                _TEXTS.clear()
            found = _TEXTS[self] = _text(self)
        return found

    def shift(self, steps: int) -> Period:
        """The period `steps` later (earlier where negative)."""
        per_year = 12 // MONTHS_IN[self.kind]
        years, index = divmod(self.number - 1 + steps, per_year)
        return Period(self.kind, self.year + years, index + 1)

    def next(self) -> Period:
        """The period after this one."""
        return self.shift(1)

    def previous(self) -> Period:
        """The period before this one."""
        return self.shift(-1)

    def same_last_year(self) -> Period:
        """The corresponding period a year earlier."""
        return Period(self.kind, self.year - 1, self.number)

    def first_day(self, year_starts: tuple[int, int] = (4, 1)) -> date:
        """Its first day, in a calendar whose years start on `year_starts` (month, day)."""
        if self.kind == "month":
            return date(self.year, self.number, 1)
        start_month, start_day = year_starts
        years, index = divmod(start_month - 1 + (self.number - 1) * MONTHS_IN[self.kind], 12)
        return date(self.year + years, index + 1, start_day)

    def last_day(self, year_starts: tuple[int, int] = (4, 1)) -> date:
        """Its last day, in a calendar whose years start on `year_starts` (month, day)."""
        return _last_day(self, year_starts)


@lru_cache(maxsize=4096)
def _last_day(period: Period, year_starts: tuple[int, int]) -> date:
    return period.next().first_day(year_starts) - timedelta(days=1)


_TEXTS: dict[Period, str] = {}
_MOST_TEXTS = 4_096


def _text(period: Period) -> str:
    match period.kind:
        case "month":
            return f"{period.year}-{period.number:02d}"
        case "quarter":
            return f"{period.year}-Q{period.number}"
        case "half":
            return f"{period.year}-H{period.number}"
        case _:
            return str(period.year)


SPELLINGS = "Write a month as 2026-04, a quarter as 2026-Q2, a half-year as 2026-H1 or a year as 2026."
"""How periods are written, for whoever wrote something else."""


def kind_words(kind: str) -> str:
    """A kind of period as people say it: ``half-year`` for ``half``."""
    return "half-year" if kind == "half" else kind


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """Read a period as written above. Raises Invalid with the spellings allowed."""
    found = _SPELLINGS.fullmatch(text.strip())
    if not found:
        raise Invalid(
            Problem(
                code="GT-FIGURE-001",
                sentence=f"'{text}' is not a period.",
                fix=SPELLINGS,
            )
        )
    year = int(found["year"])
    for kind in ("quarter", "half", "month"):
        if found[kind]:
            return Period(kind, year, int(found[kind]))
    return Period("year", year, 1)
