"""An indicator's own tolerance, put into the unit in which the pack compares: percent of the target, or the indicator's."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, InvalidOperation

from engine.commands import FigureFields
from events.kinds.figures import FigureConfirmed
from events.kinds.register import IndicatorAdded, TargetSet
from rules.case import Case
from rules.compared import value_of
from rules.exact import EXACT, HUNDRED, ZERO, Ratio
from rules.ir import Edge, RuleSet

PLACES = 120
"""So many digits tell any two figures and targets apart that are within the bounds of `events.number`."""

_CENT = Decimal("0.01")

Figure = FigureConfirmed | FigureFields


def tolerance_of(target: TargetSet, rules: RuleSet, added: IndicatorAdded, figure: Figure) -> Decimal | None:
    """The tolerance of a target as the bands of a pack use it, for one figure.

    Percent of the target become units exactly. Units become percent as a quotient, which may have no end: it is cut so far
    behind the point that no figure lies between it and the true one, on the side that leaves a figure exactly on the edge
    where the band has it.
    """
    tolerance, compare = target.tolerance, rules.compare
    if tolerance is None or not target.tolerance_in or compare is None or compare.use == "value":
        return tolerance
    case = _alone(added, figure)
    in_percent = compare.use == "percent_from_target"
    goal = _goal(target, case)
    if in_percent == (target.tolerance_in == "percent") or goal is None:
        return tolerance
    if not in_percent:
        return EXACT.multiply(EXACT.multiply(tolerance, goal.copy_abs()), _CENT)
    if not goal:
        return None
    rounding = ROUND_CEILING if _kept_by_rounding_up(rules, case, goal) else ROUND_FLOOR
    cut = Context(prec=PLACES, rounding=rounding, traps=[InvalidOperation])
    return cut.divide(EXACT.multiply(tolerance, HUNDRED), goal.copy_abs())


def _alone(added: IndicatorAdded, figure: Figure) -> Case:
    """A figure without what it is judged by."""
    return Case(
        pack="",
        period="",
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        measured_in=added.measured_in,
        polarity=added.polarity,
    )


def _goal(target: TargetSet, case: Case) -> Decimal | None:
    """What the figure is measured from: the target, or the edge of the wanted band that it is nearer to."""
    if case.polarity != "in_band":
        return target.value
    value = value_of(case)
    if target.low is None or not isinstance(value, Ratio):
        return target.low
    return target.low if value.over < EXACT.multiply(target.low, value.under) else target.high


def _kept_by_rounding_up(rules: RuleSet, case: Case, goal: Decimal) -> bool:
    """Whether the first band that ends at the tolerance, on the figure's side of the target, holds its own edge
    when the tolerance is a little larger."""
    side = -1 if _is_worse(case, goal) else 1
    for band in rules.bands:
        for edge, lower in ((band.lower, True), (band.upper, False)):
            if edge is not None and edge.tolerance == side:
                return _grows(edge, lower=lower) == edge.inclusive
    return True


def _grows(edge: Edge, *, lower: bool) -> bool:
    """Whether a larger tolerance makes the band larger at this end."""
    return (edge.tolerance < 0) == lower


def _is_worse(case: Case, goal: Decimal) -> bool:
    value = value_of(case)
    if not isinstance(value, Ratio):
        return True
    away = EXACT.subtract(value.over, EXACT.multiply(goal, value.under))
    return (away < ZERO) == (case.polarity != "lower")
