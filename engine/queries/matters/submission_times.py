"""When a figure is due, as a line of an explanation."""

from __future__ import annotations

from collections.abc import Iterator

from engine.deciders.subjects import SUBMISSION
from engine.figures import lag_of
from engine.queries.explaining.explanation import ExplainedLine
from engine.queries.figures.figure_facts import FigureFacts
from engine.queries.shown import day_shown
from events.period import parse_period
from workflows.definition import Window
from workflows.window import SubmissionWindow, submission_window


def window_of(own: FigureFacts) -> tuple[Window, SubmissionWindow] | None:
    """The window of a figure's period under the pack in force at its end; None where the pack has none."""
    period = parse_period(own.ref.period)
    pack = own.reader.pack_for(period)
    definition = pack.workflows.get(SUBMISSION) if pack else None
    if pack is None or definition is None or definition.window is None:
        return None
    calendar = own.reader.shelf.calendar(pack)
    settings = pack.organisation.calendar
    found = submission_window(definition.window, period, settings, calendar, lag_of(own.added))
    return definition.window, found


def window_line(own: FigureFacts) -> Iterator[ExplainedLine]:
    """Until when the figure is in time, and by which rule."""
    found = window_of(own)
    if found is not None:
        _, window = found
        yield ExplainedLine(
            kind="deadline", what=f"Due by {day_shown(window.last_day)}", rule=window.rule, where="submission"
        )
