"""Which periods of an indicator's own kind make up a longer one, a year so far, or twelve months."""

from __future__ import annotations

from events.period import MONTHS_IN, Period

YearStarts = tuple[int, int]


def parts_of(period: Period, frequency: str, year_starts: YearStarts) -> tuple[Period, ...]:
    """The periods of a kind that make up a period, oldest first; none where they do not fit into it."""
    months, step = MONTHS_IN[period.kind], MONTHS_IN[frequency]
    if period.kind == frequency:
        return (period,)
    if step >= months:
        return ()
    count = months // step
    if frequency != "month":
        first = Period(frequency, period.year, (period.number - 1) * count + 1)
    else:
        start = period.first_day(year_starts)
        if start.day != 1:
            return ()  # the council's quarters do not end with a month
        first = Period("month", start.year, start.month)
    return tuple(first.shift(n) for n in range(count))


def year_of(part: Period, year_starts: YearStarts) -> Period:
    """The council's year that a period lies in."""
    if part.kind != "month":
        return Period("year", part.year, 1)
    begun = (part.number, 1) >= year_starts
    return Period("year", part.year if begun else part.year - 1, 1)


def year_so_far(part: Period, year_starts: YearStarts) -> tuple[Period, ...]:
    """The periods of the year that a period lies in, up to that period."""
    parts = parts_of(year_of(part, year_starts), part.kind, year_starts)
    return tuple(each for each in parts if each <= part)


def twelve_months(part: Period) -> tuple[Period, ...]:
    """The periods of the twelve months that end with a period."""
    count = 12 // MONTHS_IN[part.kind]
    return tuple(part.shift(n - count + 1) for n in range(count))
