"""Which figures are to be asked for today, where the pack has somebody told: those of every period whose window is open.

Nothing is recorded for each figure; one fact says that a period was asked for. Where nobody looked for a while, periods
whose day came meanwhile are asked for now, each once, the oldest first. Those whose window has closed meanwhile are not:
a request says until when a figure is in time, and for them that day is over. Work lists show them as late then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from engine.commands import RequestData
from engine.deciders.subjects import SUBMISSION
from engine.queries.figures.due_periods import last_ended, owes
from engine.queries.reader import Reader
from engine.states.requests import Requests
from engine.view import Row
from engine.views import INDICATORS
from events import stream as streams
from events.period import Period
from workflows.duration import parse_duration
from workflows.window import known_from, submission_window

LOOKED_BACK = timedelta(days=366)
"""Of periods that ended so long before the last one no window is open any more."""


def data_requests(reader: Reader, today: date) -> Iterator[RequestData]:
    """What is to be asked for on a day and has not been."""
    pack = reader.pack_on(today)
    submission = pack.workflows.get(SUBMISSION) if pack else None
    if submission is None or submission.window is None or not submission.window.ask:
        return
    requests = reader.work.state(streams.REQUESTS, Requests)
    alike: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in reader.rows(INDICATORS):
        if row["retired_on"] is None and row["services"]:
            alike[str(row["frequency"]), str(row["lag"] or "")].append(row)
    for (frequency, lag), register in alike.items():
        for period in _known(reader, frequency, lag, today):
            if not requests.asked(str(period), lag, today):
                yield from _request(reader, period, lag, register, today)


def _known(reader: Reader, frequency: str, lag: str, today: date) -> list[Period]:
    """The last period that has ended and whose figures can be known, and live ones before it; the oldest first."""
    year_starts, live_from = reader.calendar.year_starts, reader.framework.live_from
    period = last_ended(frequency, today, year_starts)
    while lag and known_from(period, year_starts, parse_duration(lag)) > today:
        period = period.previous()
    found, first = [period], period.last_day(year_starts) - LOOKED_BACK
    first = max(first, live_from) if live_from else first
    while (period := period.previous()).last_day(year_starts) >= first:
        found.append(period)
    return found[::-1]


def _request(
    reader: Reader, period: Period, lag: str, register: Sequence[Row], today: date
) -> Iterator[RequestData]:
    """The request for a period whose window is open, under the pack that governs it, where figures are owed for it."""
    pack = reader.pack_for(period)
    submission = pack.workflows.get(SUBMISSION) if pack else None
    if pack is None or submission is None or submission.window is None or not submission.window.ask:
        return
    settings, calendar = pack.organisation.calendar, reader.shelf.calendar(pack)
    found = submission_window(
        submission.window, period, settings, calendar, parse_duration(lag) if lag else None
    )
    if not found.opens_on <= today <= found.last_day:
        return
    figures = _owed(reader, period, register, today)
    if figures:
        yield RequestData(
            period=str(period),
            lag=lag,
            opens_on=found.opens_on,
            last_day=found.last_day,
            figures=figures,
            to=submission.window.ask,
        )


def _owed(reader: Reader, period: Period, register: Sequence[Row], today: date) -> int:
    """How many figures some indicators owe for a period."""
    return sum(len(str(row["services"]).split()) for row in register if owes(reader, row, period, today))
