"""The window of a period that has closed without a figure: recorded once, so that rules which ask about it are judged."""

from __future__ import annotations

from engine.commands import PassDeadline
from engine.context import Context
from engine.figures import lag_of
from engine.packs.crossing import SUBMISSION
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.states.standing import Standing
from events import stream as streams
from events.kinds.figures import FigureOverdue
from events.period import Period, parse_period
from workflows.duration import Duration
from workflows.window import SubmissionWindow, submission_window

WINDOW = "window"
"""The name under which the end of a period's window is passed."""


def window_that_asks(
    shelf: Shelf, pack: Pack, period: Period, lag: Duration | None
) -> SubmissionWindow | None:
    """The window of a period; None where the pack has none, or no rule of it asks whether a figure is overdue."""
    definition = pack.workflows.get(SUBMISSION)
    if not pack.rules.asks_late or definition is None or definition.window is None:
        return None
    return submission_window(definition.window, period, pack.organisation.calendar, shelf.calendar(pack), lag)


def awaits_figure(standing: Standing) -> bool:
    """Whether nothing is in force for a period, neither a figure nor the word that there is none, and it is not recorded."""
    return standing.basis is None


def pass_window(context: Context, request: PassDeadline) -> None:
    """Record that the time for a figure is over; nothing happens where it has come, or is not owed any more."""
    indicator, service = streams.series_of(request.stream)
    entry, period = context.work.indicator(indicator), parse_period(request.subject)
    standing = context.work.series(indicator, service).at(request.subject)
    pack = context.shelf.for_standing(context.work.framework(), period, standing.submission)
    gone = entry.added is None or entry.retired_on is not None
    if gone or pack is None or not awaits_figure(standing):
        return
    window = window_that_asks(context.shelf, pack, period, lag_of(entry.added))
    if window is None:
        return
    context.work.record(
        request.stream,
        FigureOverdue(period=request.subject, last_day=window.last_day, rule=window.rule),
    )
