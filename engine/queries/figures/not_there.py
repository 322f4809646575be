"""Why a figure that a longer value needs is not there, and what can be typed now that brings it nearer."""

from __future__ import annotations

from datetime import date

from engine.deciders.retired import retired_problem
from engine.figures import check_ended
from engine.queries.reader import Reader
from engine.states.series import Standing
from events.errors import Problem
from events.kinds.register import IndicatorAdded
from events.period import Period

PARTS = "--numerator N --denominator N"


def not_there(
    reader: Reader,
    added: IndicatorAdded,
    part: tuple[str, Period],
    standing: Standing,
    called: str,
    today: date | None,
    *,
    needs_parts: bool,
) -> Problem:
    """Why a part (service, period) has no figure in force, so that what is `called` so cannot be derived.

    `today` is when the way out is to work; None where nobody knows. `needs_parts`: numerators and denominators are added
    up, so that a value alone would not do.
    """
    service, period = part
    name = f"{added.indicator}/{service}/{period}"
    why, fix = _told(name, added, standing, needs_parts)
    if standing.absent is None and standing.entry is None:
        fix = _not_now(reader, added, period, today) or fix
    return Problem(
        code="GT-FIGURE-017",
        sentence=f"{name} {why}." if name == called else f"{name} {why}, so {called} cannot be derived.",
        fix=fix,
    )


def _told(name: str, added: IndicatorAdded, standing: Standing, needs_parts: bool) -> tuple[str, str]:
    """Why, and the command that comes next."""
    entry = standing.entry
    number = PARTS if added.aggregation == "ratio" else "NUMBER"
    lacking = needs_parts and entry is not None and entry[0].numerator is None
    restate = f"goldenthread figure restate {name} {number} --reason WORDS"
    if standing.absent is not None and entry is not None:
        why = "was said to have no figure, and one that came since waits for another person"
        if lacking:
            return why, f"That has no numerator and denominator; give both: {restate}."
        return why, f"Approve it: goldenthread figure approve-restatement {name}."
    if standing.absent is not None:
        return "was said to have no figure", f"A figure that has come since is given with '{restate}'."
    if lacking:
        why = "is entered without numerator and denominator, and not confirmed"
        return (
            why,
            f"Enter it with both: goldenthread figure enter {name} {number}. Another person confirms it.",
        )
    if entry is not None:
        return "is entered but not confirmed", f"Confirm it: goldenthread figure confirm {name}."
    return "has no figure", f"Enter it: goldenthread figure enter {name} {number}."


def _not_now(reader: Reader, added: IndicatorAdded, period: Period, today: date | None) -> str:
    """Why a figure cannot be entered today, and what can be done instead; empty where it can."""
    retired = retired_problem(added.indicator, reader.work.indicator(added.indicator))
    if retired is not None:
        return f"{retired.sentence} {retired.fix}"
    pack = reader.pack_for(period)
    if pack is None:
        return f"No pack is in force at the end of {period}; figures from before that are loaded with 'goldenthread figure load-history'."
    ended = check_ended(period, pack, today, added) if today is not None else []
    return " ".join(f"{each.sentence} {each.fix}" for each in ended)
