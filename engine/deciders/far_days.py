"""Days on which roles, delegations and absences begin and end: none is decades off, one way or the other."""

from __future__ import annotations

from datetime import date

from engine.context import Context
from workflows.calendar import in_words
from workflows.far_days import EARLIEST, YEARS_AHEAD, year_asked, years_from

OPEN_END = " While no end is known, leave --until out."
"""What may stay open need not be put decades off."""


def refuse_far(context: Context, what: str, day: date | None, otherwise: str = "") -> None:
    """Collect a reason where a day is too far off to be meant; `what` begins the sentence: ``The role would end``."""
    if day is None:
        return
    latest = years_from(context.today, YEARS_AHEAD)
    if day > latest:
        context.refuse(
            "GT-PEOPLE-060",
            f"{what} on {in_words(day)}, more than {YEARS_AHEAD} years from today.",
            year_asked(latest) + otherwise,
        )
    elif day < EARLIEST:
        context.refuse(
            "GT-PEOPLE-061",
            f"{what} on {in_words(day)}, which is too long ago.",
            f"The earliest day possible is {in_words(EARLIEST)}. Is the year right?",
        )


def refuse_far_span(context: Context, what: str, start: date, until: date | None) -> None:
    """The same for the first day and, where there is one, the last."""
    refuse_far(context, f"The {what} would start", start)
    refuse_far(context, f"The {what} would end", until, OPEN_END)
