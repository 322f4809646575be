"""Which figures are to be asked for today: those of the period that ended last, where the pack has somebody told.

Nothing is recorded for each figure; one fact says that a period was asked for. What nobody asked for while its window was
open is not asked for afterwards: work lists show it as late then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from engine.commands import RequestData
from engine.deciders.subjects import SUBMISSION
from engine.queries.figures.due_periods import last_ended
from engine.queries.reader import Reader
from engine.states.requests import Requests
from engine.views import INDICATORS
from events import stream as streams
from events.period import Period
from workflows.duration import parse_duration
from workflows.window import known_from, submission_window


def data_requests(reader: Reader, today: date) -> Iterator[RequestData]:
    """What is to be asked for on a day and has not been."""
    pack = reader.pack_on(today)
    submission = pack.workflows.get(SUBMISSION) if pack else None
    if submission is None or submission.window is None or not submission.window.ask:
        return
    made = reader.work.state(streams.REQUESTS, Requests).made
    alike: Counter[tuple[str, str]] = Counter()
    for row in reader.rows(INDICATORS):
        if row["retired_on"] is None:
            alike[str(row["frequency"]), str(row["lag"] or "")] += len(str(row["services"]).split())
    for (frequency, lag), figures in alike.items():
        period = _last_known(reader, frequency, lag, today)
        if (str(period), lag) not in made and figures:
            yield from _request(reader, period, lag, figures, today)


def _request(reader: Reader, period: Period, lag: str, figures: int, today: date) -> Iterator[RequestData]:
    """The request for a period whose window is open, under the pack that governs it."""
    pack = reader.pack_for(period)
    submission = pack.workflows.get(SUBMISSION) if pack else None
    if pack is None or submission is None or submission.window is None or not submission.window.ask:
        return
    settings, calendar = pack.organisation.calendar, reader.shelf.calendar(pack)
    found = submission_window(
        submission.window, period, settings, calendar, parse_duration(lag) if lag else None
    )
    if found.opens_on <= today <= found.last_day:
        yield RequestData(
            period=str(period),
            lag=lag,
            opens_on=found.opens_on,
            last_day=found.last_day,
            figures=figures,
            to=submission.window.ask,
        )


def _last_known(reader: Reader, frequency: str, lag: str, today: date) -> Period:
    """The last period that has ended and whose figures can be known."""
    year_starts = reader.calendar.year_starts
    period = last_ended(frequency, today, year_starts)
    while lag and known_from(period, year_starts, parse_duration(lag)) > today:
        period = period.previous()
    return period
