"""Direction of travel, exactly: whether a figure is better than an earlier one, worse, or the same.

Two figures are compared by multiplying across, so that no rounding decides. Better is what the indicator's polarity
says; for a wanted band it is the one that lies less far outside the band wanted now. Source: "direction of travel" of
Kent 2020, Havering and Thurrock.
"""

from __future__ import annotations

from decimal import Decimal

from rules.case import Case, Past
from rules.compared import ratio_of
from rules.exact import EXACT, ZERO, Ratio

BETTER, WORSE, SAME = "better", "worse", "same"
WAYS = (BETTER, WORSE, SAME)

_subtract, _multiply = EXACT.subtract, EXACT.multiply


def travelled(case: Case, now: Ratio, before: Ratio, stable_within: Decimal | None) -> str | None:
    """Better, worse or the same; None where the indicator does not say which way is better."""
    match case.polarity:
        case "higher":
            gain = _across(now, before)
        case "lower":
            gain = _across(before, now)
        case "in_band":
            outside = _outside(case, now), _outside(case, before)
            if outside[0] is None or outside[1] is None:
                return None
            gain = _across(outside[1], outside[0])
        case _:
            return None
    if not gain:
        return SAME
    if stable_within is not None:
        room = _multiply(stable_within, _multiply(now.under, before.under))
        if gain.copy_abs() <= room:
            return SAME
    return BETTER if gain > 0 else WORSE


def exactly(case: Case, past: Past | None) -> Ratio | None:
    """An earlier figure as a ratio in the unit of the case; None where there is none."""
    found = None if past is None else ratio_of(past, case.measured_in)
    return found if isinstance(found, Ratio) else None


def _across(one: Ratio, other: Ratio) -> Decimal:
    """The difference of two ratios, times both denominators."""
    return _subtract(_multiply(one.over, other.under), _multiply(other.over, one.under))


def _outside(case: Case, value: Ratio) -> Ratio | None:
    """How far a value lies outside the wanted band; None where no band is set."""
    target = case.target
    if target is None or target.low is None or target.high is None:
        return None
    short = _subtract(_multiply(target.low, value.under), value.over)
    over = _subtract(value.over, _multiply(target.high, value.under))
    return Ratio(max(short, over, ZERO), value.under)
