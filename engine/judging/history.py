"""What is history and what is live: figures from before the book may be loaded, others are entered and confirmed."""

from __future__ import annotations

from datetime import date

from engine.states.framework import Framework
from engine.states.series import Series
from events.errors import Problem
from events.period import Period

STEP = "load_history"
"""The step by which a figure from before the book is recorded."""


def not_history(
    name: str, period: Period, series: Series, framework: Framework, year_starts: tuple[int, int]
) -> Problem | None:
    """Why a figure is none of history: its period is live, or its series has live figures."""
    live_from: date | None = framework.live_from
    if live_from is None or period.last_day(year_starts) >= live_from:
        since = f"from {live_from.isoformat()} on figures are live" if live_from else "no pack is adopted"
        return Problem(
            code="GT-IMPORT-056",
            sentence=f"{name} is not history: {since}.",
            fix="Import it with 'goldenthread figure import', and let another person confirm it.",
        )
    if series.live:
        return Problem(
            code="GT-IMPORT-057",
            sentence=f"{name} cannot be loaded as history: its series has live figures, of {series.live} for example.",
            fix="Import it with 'goldenthread figure import', and let another person confirm it.",
        )
    return None
