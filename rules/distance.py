"""How far a value lies from its target, in words: "is 18.4 % below the target of 70 %; amber ends at 10 %"."""

from __future__ import annotations

from decimal import Decimal

from rules.banding import edge_at, tolerance_of
from rules.case import Case, Target
from rules.exact import EXACT, ONE, ZERO, Ratio
from rules.ir import Band, Compare, RuleSet
from rules.spoken import MOST_PLACES, amount, shown

_NO_TARGET = Target()


def from_target(rules: RuleSet, compare: Compare, case: Case, value: Ratio, found: Ratio) -> str:
    """The distance and the side; nothing is shown rounded onto an edge that it does not lie on."""
    goal = _goal(case)
    if not found.under:
        return f"is {_side(case, value)} {goal}, of which no percentage can be taken"
    rounded = f", to the nearest {far_said(compare, case, compare.round_to)}" if compare.round_to else ""
    if not found.over:
        if rounded and not _level(case, value):
            return f"is on {goal}{rounded}"
        return f"is within {goal}" if case.polarity == "in_band" else f"meets {goal}"
    far = shown(Ratio(found.over.copy_abs(), found.under), 1, _edges(rules, case))
    return f"is {far_said(compare, case, far)} {_side(case, value)} {goal}{rounded}"


def next_end(rules: RuleSet, compare: Compare, case: Case, found: Ratio, band: Band) -> str:
    """Where the scale turns, said of values worse than their target: "; amber ends at 10 %".

    The worse end of the value's own band, else of the nearest better one.
    """
    if found.over >= 0 or not found.under:
        return ""
    tolerance = tolerance_of(rules, case)
    nearest: tuple[Decimal, Band] | None = None
    for each in rules.bands:
        edge = None if each.lower is None else edge_at(each.lower, tolerance)
        if edge is None or edge >= 0:
            continue
        if each is band:
            nearest = edge, each
            break
        beyond = each.status != band.status and EXACT.multiply(edge, found.under) >= found.over
        if beyond and (nearest is None or edge < nearest[0]):
            nearest = edge, each
    if nearest is None:
        return ""
    edge, turning = nearest
    at = "at" if turning.lower is not None and turning.lower.inclusive else "just short of"
    return f"; {rules.word(turning.status)} ends {at} {far_said(compare, case, _end_said(edge))}"


def _end_said(edge: Decimal) -> Decimal:
    """How far an edge lies: as the pack or the target says it; a tolerance that became an endless quotient, rounded."""
    far = edge.copy_abs()
    places = far.as_tuple().exponent
    return shown(Ratio(far, ONE), 2) if isinstance(places, int) and -places > MOST_PLACES else far


def _goal(case: Case) -> str:
    target = case.target or _NO_TARGET
    if case.polarity == "in_band":
        low, high = target.low or ZERO, target.high or ZERO
        return f"the wanted band of {amount(low, 'number')} to {amount(high, case.measured_in)}"
    return f"the target of {amount(target.value or ZERO, case.measured_in)}"


def _side(case: Case, value: Ratio) -> str:
    """Above or below, as the value lies and not as it is judged."""
    target = case.target or _NO_TARGET
    edge = (target.high if case.polarity == "in_band" else target.value) or ZERO
    return "above" if value.over > EXACT.multiply(edge, value.under) else "below"


def _level(case: Case, value: Ratio) -> bool:
    """Whether the value truly is on its target, and not only after rounding."""
    target = case.target or _NO_TARGET
    if case.polarity == "in_band":
        low, high = (EXACT.multiply(edge or ZERO, value.under) for edge in (target.low, target.high))
        return low <= value.over <= high
    return value.over == EXACT.multiply(target.value or ZERO, value.under)


def far_said(compare: Compare, case: Case, far: Decimal) -> str:
    """A distance in the unit of the comparison."""
    if compare.use == "percent_from_target":
        return amount(far, "percent")
    if compare.use == "percent_points" or case.measured_in == "percent":
        return f"{amount(far, 'number')} percentage point{'' if far == 1 else 's'}"
    return amount(far, case.measured_in)


def _edges(rules: RuleSet, case: Case) -> tuple[Decimal, ...]:
    """The size of every number at which a band begins or ends, for this indicator; and zero."""
    tolerance = tolerance_of(rules, case) if rules.uses_tolerance else None
    return rules.edge_sizes if tolerance is None else (*rules.edge_sizes, tolerance.copy_abs())
