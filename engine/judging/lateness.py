"""Whether the figure of a period is overdue, for the rules that ask: it came after its window, or is not there after it."""

from __future__ import annotations

from datetime import date

from engine.figures import lag_of
from engine.packs.crossing import SUBMISSION
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.states.series import Standing
from events.kinds.register import IndicatorAdded
from events.period import Period
from workflows.window import submission_window


def overdue(
    shelf: Shelf, pack: Pack, added: IndicatorAdded, period: Period, standing: Standing, on: date
) -> bool | None:
    """None where no rule asks, or the pack gives no window.

    A figure was late if its first confirmation was; a restatement changes nothing about that. That there is none was
    said late where it was said after the window; when it is judged again does not matter. A figure that is not there
    is overdue from the day after the window closed, and stays so once that is recorded.
    """
    if not pack.rules.asks_late:
        return None
    definition = pack.workflows.get(SUBMISSION)
    if definition is None or definition.window is None:
        return None
    if standing.confirmed is not None:
        return standing.late
    settings, calendar = pack.organisation.calendar, shelf.calendar(pack)
    found = submission_window(definition.window, period, settings, calendar, lag_of(added))
    if standing.absent is not None:
        return (standing.absent_on or on) > found.last_day
    return standing.overdue is not None or on > found.last_day
