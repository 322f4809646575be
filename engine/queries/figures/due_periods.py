"""For which periods an indicator owes a figure: the one place where that is worked out.

Work lists, reminders and the closing of a period ask it; none of them counts periods itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from engine.queries.reader import Reader
from engine.view import Row
from engine.views import INDICATORS, SUBMISSIONS
from events.period import Period, parse_period
from workflows.duration import parse_duration
from workflows.window import known_from

Returned = Mapping[str, set[str]]
"""Service → the periods for which somebody has done something."""


_ASKED = ("service", "period", "waiting", "confirmed_on", "state")


def returned(reader: Reader, indicator: str) -> Returned:
    """For which periods of an indicator there is a figure, one that waits, or the word that there is none."""
    given: dict[str, set[str]] = {}
    for row in reader.rows(SUBMISSIONS, {"indicator": indicator}, only=_ASKED):
        if row["waiting"] or row["confirmed_on"] is not None or row["state"] not in ("", "awaiting"):
            given.setdefault(str(row["service"]), set()).add(str(row["period"]))
    return given


def due_periods(register: Row, returned: Returned, today: date, year_starts: tuple[int, int]) -> list[Period]:
    """The periods that have ended and whose figure can be known, from the indicator's first one on, oldest first.

    An indicator without a first period owes from the first period that any of its services returned, else for the last
    period that has ended.
    """
    last = last_ended(str(register["frequency"]), today, year_starts)
    lag = parse_duration(str(register["lag"])) if register["lag"] else None
    while lag is not None and known_from(last, year_starts, lag) > today:
        last = last.previous()
    earliest = min((period for periods in returned.values() for period in periods), default=None)
    first = str(register["first_period"] or earliest or last)
    period, due = parse_period(first), []
    while period <= last:
        due.append(period)
        period = period.next()
    return due


def owes(reader: Reader, register: Row, period: Period, today: date) -> bool:
    """Whether an indicator owes figures for a period; what it returned is read only where that says since when."""
    own = {} if register["first_period"] else returned(reader, str(register["indicator"]))
    return period in due_periods(register, own, today, reader.calendar.year_starts)


def owing(reader: Reader, period: Period, today: date) -> Iterator[tuple[str, str]]:
    """The series, as indicator and service, that owe a figure for one period, whether or not they have returned it."""
    for register in reader.rows(INDICATORS, {"frequency": period.kind}):
        if register["retired_on"] is None and owes(reader, register, period, today):
            yield from (
                (str(register["indicator"]), service) for service in str(register["services"]).split()
            )


def last_ended(kind: str, today: date, year_starts: tuple[int, int]) -> Period:
    """The last period of a kind whose last day lies before today."""
    number = today.month if kind == "month" else 1
    period = Period(kind, today.year, number)
    while period.last_day(year_starts) < today:
        period = period.next()
    while period.last_day(year_starts) >= today:
        period = period.previous()
    return period
