"""Which band a compared value falls in: the first that matches decides."""

from __future__ import annotations

from decimal import Decimal

from rules.case import Case
from rules.exact import EXACT, ONE, Ratio
from rules.ir import Band, Edge, RuleSet
from rules.standing import Standing

_multiply = EXACT.multiply


def band_of(
    rules: RuleSet, case: Case, value: Ratio, found: Ratio, standing: Standing | None = None
) -> Band | str:
    """The band that decides, or the cause for which none can be said to: a floor or tolerance that is not set.

    A band whose condition does not hold, or cannot be said to, is passed over; `standing` is what conditions look
    at, needed where there are any.
    """
    tolerance = tolerance_of(rules, case) if rules.uses_tolerance else None
    for band in rules.bands:
        inside = within(band, found, tolerance)
        if inside is None:
            return "no_tolerance"
        if not inside:
            continue
        if band.when is not None and (standing is None or band.when.holds(standing) is not True):
            continue
        if not band.floor:
            return band
        missed = floor_missed(case, value)
        if missed is None and band.floor == "met":
            return "no_floor"
        if missed is (band.floor == "missed"):
            return band
    raise AssertionError("the bands of a checked pack cover every value")


def within(band: Band, found: Ratio, tolerance: Decimal | None) -> bool | None:
    """Whether a compared value lies between a band's edges; None where that hangs on a tolerance not given."""
    over, under = found
    lower, upper = band.lower, band.upper
    if lower is not None:
        edge = edge_at(lower, tolerance) if lower.tolerance else lower.at
        if edge is None:
            return None
        limit = edge if under is ONE else _multiply(edge, under)
        if over < limit or (over == limit and not lower.inclusive):
            return False
    if upper is not None:
        edge = edge_at(upper, tolerance) if upper.tolerance else upper.at
        if edge is None:
            return None
        limit = edge if under is ONE else _multiply(edge, under)
        if over > limit or (over == limit and not upper.inclusive):
            return False
    return True


def edge_at(edge: Edge, tolerance: Decimal | None) -> Decimal | None:
    """Where an edge lies for an indicator of this tolerance."""
    if not edge.tolerance:
        return edge.at
    return tolerance if tolerance is None or edge.tolerance > 0 else tolerance.copy_negate()


def floor_missed(case: Case, value: Ratio) -> bool | None:
    """Whether the absolute floor (a ceiling where lower is better) is missed; None where none is set.

    A value on the floor meets it. A wanted band has no floor.
    """
    if case.target is None or case.target.floor is None or case.polarity == "in_band":
        return None
    floor = _multiply(case.target.floor, value.under)
    return value.over < floor if case.polarity == "higher" else value.over > floor


def tolerance_of(rules: RuleSet, case: Case) -> Decimal | None:
    """The indicator's own tolerance, else the pack's."""
    if case.target is not None and case.target.tolerance is not None:
        return case.target.tolerance
    return rules.compare.tolerance if rules.compare is not None else None
