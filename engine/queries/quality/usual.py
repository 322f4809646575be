"""The usual range of a series: from its lowest to its highest recent value, widened on both sides, exactly.

It is widened by its own width and, since few figures show less of what is usual than many, by two n-ths of it more
where there are n of them; at least by a twentieth of its largest value, because not every small step of a series that
hardly moves is worth a word. Nothing that was never negative goes below 0; a percentage that was never above 100 is not
said to go beyond it, and where one does by a little, that is for another check. Everything is brought to one denominator and compared in whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import lcm
from typing import NamedTuple

from rules.exact import EXACT, Ratio

LEAST = 4
"""Fewer figures than this have no usual range."""
_TWENTIETH = 20


class Usual(NamedTuple):
    """A usual range, both ends within it, and where the value asked about lies."""

    low: Ratio
    high: Ratio
    below: bool
    above: bool


def usual_range(before: Sequence[Ratio], value: Ratio, *, percent: bool) -> Usual:
    """The usual range of the values before (one or more), and where a value lies."""
    lowest, highest, asked, scale = _whole([*_extremes(before), value])
    count = len(before)
    fine = _TWENTIETH * count
    margin = max((highest - lowest) * (count + 2) * _TWENTIETH, max(abs(lowest), abs(highest)) * count)
    low, high = lowest * fine - margin, highest * fine + margin
    if lowest >= 0:
        low = max(low, 0)
    above = asked * fine > high
    if percent and highest <= 100 * scale:
        high = min(high, 100 * scale * fine)
    under = Decimal(scale * fine)
    return Usual(Ratio(Decimal(low), under), Ratio(Decimal(high), under), asked * fine < low, above)


def among(before: Sequence[Ratio], value: Ratio) -> bool:
    """Whether a value lies between the lowest and the highest before it; quickly answered for most figures."""
    over, under = value
    multiply = EXACT.multiply
    above = below = False
    for each in before:
        mine, other = multiply(over, each.under), multiply(each.over, under)
        above = above or mine >= other
        below = below or mine <= other
        if above and below:
            return True
    return False


def same(one: Ratio, other: Ratio) -> bool:
    """Whether two values are exactly equal."""
    return EXACT.multiply(one.over, other.under) == EXACT.multiply(other.over, one.under)


def _extremes(values: Sequence[Ratio]) -> tuple[Ratio, Ratio]:
    """The lowest and the highest of some values."""
    multiply = EXACT.multiply
    lowest = highest = values[0]
    for each in values[1:]:
        if multiply(each.over, lowest.under) < multiply(lowest.over, each.under):
            lowest = each
        elif multiply(each.over, highest.under) > multiply(highest.over, each.under):
            highest = each
    return lowest, highest


def _whole(values: Sequence[Ratio]) -> list[int]:
    """The values as whole numbers over one denominator, which comes last."""
    parts = []
    for over, under in values:
        (top, top_under), (bottom, bottom_under) = over.as_integer_ratio(), under.as_integer_ratio()
        parts.append((top * bottom_under, top_under * bottom))
    scale = lcm(*(under for _, under in parts))
    return [*(over * (scale // under) for over, under in parts), scale]
