"""How late a step came: a mark on it, never a state. Decided by when it was received, not by when it takes effect."""

from __future__ import annotations

from events.errors import Invalid
from events.period import parse_period
from workflows.situation import Situation
from workflows.window import submission_window


def late_days(situation: Situation, met_late: tuple[str, ...]) -> int | None:
    """Working days late: after the window of a submission, or after a deadline that had gone by. None in time.

    0 means late, but with no working day in between. A figure that comes after it was said that there is none is the
    first of its period, so it is late as any first figure is; a restatement of a figure never is.
    """
    window = situation.definition.window
    if window is not None and (situation.step.name in window.covers or _first_after_none(situation)):
        return _after_window(situation)
    if met_late and situation.instance is not None:
        first = min(situation.instance.passed[name] for name in met_late)
        return situation.calendar.working_days_between(first, situation.today)
    return None


def _first_after_none(situation: Situation) -> bool:
    """Whether the step gives, or lets count, the figure of a period of which it was said that there is none."""
    if situation.step.effect not in ("restatement_proposed", "figure_confirmed"):
        return False
    return any(
        step.effect == "no_figure" and step.target == situation.state for step in situation.definition.steps
    )


def _after_window(situation: Situation) -> int | None:
    assert situation.definition.window is not None  # asked before
    try:
        period = parse_period(situation.taking.subject)
    except Invalid:
        return None
    settings = situation.organisation.calendar
    lag = situation.taking.lag
    found = submission_window(situation.definition.window, period, settings, situation.calendar, lag)
    if situation.received_at < found.due_at:
        return None
    return situation.calendar.working_days_between(found.last_day, situation.today)
