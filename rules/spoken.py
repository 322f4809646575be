"""Numbers as people read them: in the indicator's unit, and never rounded onto a number they differ from, or past it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from events.number import plain
from rules.case import Case
from rules.exact import EXACT, ONE, Ratio

MOST_PLACES = 9


def amount(number: Decimal, measured_in: str) -> str:
    """A number in its unit: "57.1 %", "£12", "3 days"; a plain number has none."""
    text = plain(number)
    match measured_in:
        case "percent":
            return f"{text} %"
        case "pounds":
            return f"-£{text[1:]}" if text.startswith("-") else f"£{text}"
        case "number":
            return text
        case _:
            return f"{text} {measured_in.replace('_', ' ')}"


def shown(ratio: Ratio, places: int, apart_from: Iterable[Decimal] = ()) -> Decimal:
    """A ratio rounded for reading, with as many more decimals as keep it on its own side of other numbers, or on them."""
    others = tuple(apart_from)
    for more in range(max(places, 0), MOST_PLACES):
        found = ratio.shown(more)
        if found is not None and all(_as_it_lies(found, ratio, other) for other in others):
            return found
    return ratio.shown(MOST_PLACES) or Decimal(0)


def _as_it_lies(found: Decimal, ratio: Ratio, other: Decimal) -> bool:
    """Whether a rounded ratio lies as the ratio does: below another number, on it, or above it."""
    return found.compare(other) == ratio.over.compare(EXACT.multiply(other, ratio.under))


def value_said(case: Case, value: Ratio) -> str:
    """The figure in its unit: as it was entered, or its fraction rounded to the indicator's decimals."""
    if value.under is ONE:
        return amount(value.over, case.measured_in)
    target = case.target
    apart = [] if target is None else [target.value, target.low, target.high, target.floor]
    return amount(shown(value, case.decimals, [each for each in apart if each is not None]), case.measured_in)
