"""Days too far ahead, or too long ago, to be meant: a wrong year would put off what somebody owes for decades."""

from __future__ import annotations

from datetime import date

from events.errors import Problem
from events.kinds.workflow import FieldValue
from workflows.calendar import in_words
from workflows.situation import Situation, reason

EARLIEST = date(1974, 4, 1)
"""Local government as it is began on this day."""
YEARS_AHEAD = 5
"""So far ahead may lie a day by which somebody acts, or until which something rests."""


def years_from(day: date, years: int) -> date:
    """The same day some years later, or earlier; the last of February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def year_asked(latest: date) -> str:
    """The latest day possible, and whether the year is the one that was meant."""
    return f"The latest day possible is {in_words(latest)}. Is the year right?"


def far_reasons(name: str, value: FieldValue, situation: Situation) -> list[Problem]:
    """What is wrong with a field's day, where it is one: decades off, one way or the other."""
    try:
        day = date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        return []
    latest = years_from(situation.today, YEARS_AHEAD)
    if day > latest and not situation.by_system:
        sentence = f"'{name}' is {in_words(day)}, more than {YEARS_AHEAD} years from today."
        return [reason("GT-STEP-530", sentence, year_asked(latest))]
    if day < EARLIEST:
        sentence = f"'{name}' is {in_words(day)}, which is too long ago."
        fix = f"The earliest day possible is {in_words(EARLIEST)}. Is the year right?"
        return [reason("GT-STEP-531", sentence, fix)]
    return []
