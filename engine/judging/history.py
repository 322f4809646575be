"""What is history and what is live: figures from before the book may be loaded, others are entered and confirmed."""

from __future__ import annotations

from datetime import date

from engine.states.framework import Framework
from engine.states.standing import Standing
from events.errors import Problem
from events.period import Period

STEP = "load_history"
"""The step by which a figure from before the book is recorded."""


def not_history(
    name: str, period: Period, framework: Framework, year_starts: tuple[int, int]
) -> Problem | None:
    """Why a figure is none of history: its period is live."""
    live_from: date | None = framework.live_from
    if live_from is None:
        return Problem(
            code="GT-IMPORT-223",
            sentence=f"{name} cannot be history yet: no pack is adopted, so nothing says from when on figures are live.",
            fix="Propose a pack with 'goldenthread pack propose PACK'; once it is adopted, put the file forward again.",
        )
    if period.last_day(year_starts) >= live_from:
        return Problem(
            code="GT-IMPORT-056",
            sentence=f"{name} is not history: from {live_from.isoformat()} on figures are live.",
            fix="Import it with 'goldenthread figure import', and let another person confirm it.",
        )
    return None


def held_already(name: str, held: Standing) -> Problem | None:
    """Why another figure is not loaded for a period of which the book has one, or the word that there is none."""
    if held.submission is None:
        return None
    if held.is_history:
        return Problem(
            code="GT-IMPORT-065",
            sentence=f"{name} was loaded before, with another figure.",
            fix=f"Restate it, so that the old one stays on record: goldenthread figure restate {name}.",
        )
    return Problem(
        code="GT-IMPORT-057",
        sentence=f"{name} cannot be loaded as history: it was returned already, and the book holds that.",
        fix=f"Take it out of the file; 'goldenthread figure show {name}' shows what the book holds.",
    )
