"""The value as the pack compares it: exact, better is positive, and total even for a target of zero.

`percent_from_target` is 100 · (value − target) / |target|, with the sign turned where lower is better; nothing is
divided. A target of zero has no percentage: a value that equals it compares as 0, a better one lies above every
number and a worse one below every number, which is what multiplying across gives. Negative targets work like
positive ones, because the distance is taken of the target's size.
For a wanted band the nearer edge is the target: inside compares as 0, outside as negative.
"""

from __future__ import annotations

from rules.case import Case, Past, Target
from rules.exact import EXACT, HUNDRED, ONE, ZERO, Ratio, rounded_to
from rules.ir import Compare

_NO_TARGET = Target()
_LEVEL = Ratio(ZERO, ONE)
_subtract, _multiply = EXACT.subtract, EXACT.multiply


def value_of(case: Case) -> Ratio | str:
    """The figure as an exact ratio, or the cause for which there is none."""
    return ratio_of(case, case.measured_in)


def ratio_of(figure: Case | Past, measured_in: str) -> Ratio | str:
    """A figure of this period or an earlier one as an exact ratio, or the cause for which there is none."""
    numerator, denominator = figure.numerator, figure.denominator
    if numerator is not None and denominator is not None:
        if not denominator:
            return "zero_denominator"
        if denominator < 0:
            numerator, denominator = -numerator, -denominator
        return Ratio(_multiply(numerator, HUNDRED) if measured_in == "percent" else numerator, denominator)
    return "no_data" if figure.value is None else Ratio(figure.value, ONE)


def compared(compare: Compare, case: Case, value: Ratio) -> Ratio | str:
    """The value set against its target as the pack says, or the cause for which it cannot be."""
    if case.polarity not in ("higher", "lower", "in_band"):
        return "no_polarity"
    found = _distance(compare, case, value)
    if compare.round_to is None or isinstance(found, str):
        return found
    return rounded_to(found, compare.round_to, compare.rounding)


def _distance(compare: Compare, case: Case, value: Ratio) -> Ratio | str:
    if compare.use == "value":
        return value if case.polarity == compare.better else "other_polarity"
    if compare.use == "percent_points" and case.measured_in != "percent":
        return "not_percent"
    over, under = value
    target = case.target or _NO_TARGET
    if case.polarity == "in_band":
        if target.low is None or target.high is None:
            return "no_target"
        goal, away = target.low, _subtract(over, _multiply(target.low, under))
        if away >= 0:
            goal, away = target.high, _subtract(_multiply(target.high, under), over)
            if away >= 0:
                return _LEVEL
    elif target.value is None:
        return "no_target"
    else:
        goal = target.value
        reached = goal if under is ONE else _multiply(goal, under)
        away = _subtract(over, reached) if case.polarity == "higher" else _subtract(reached, over)
    if compare.use != "percent_from_target":
        return Ratio(away, under)
    if not away:
        return _LEVEL
    size = goal.copy_abs()
    return Ratio(_multiply(away, HUNDRED), size if under is ONE else _multiply(size, under))
