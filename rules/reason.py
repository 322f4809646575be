"""Why a figure has its status, as one sentence that can be read aloud.

"Red: 57.1 % is 18.4 % below the target of 70 %; amber ends at 10 %."
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from rules.banding import edge_at, floor_missed, tolerance_of, within
from rules.case import Case
from rules.distance import from_target, next_end
from rules.exact import ONE, ZERO, Ratio
from rules.ir import Band, RuleSet
from rules.rating import UNRATED_WHEN, Rating
from rules.reading.statuses import CAUSES
from rules.spoken import amount, value_said
from rules.standing import Standing

PLACES = 6
"""Decimals with which facts keep what was compared; decisions are made on the exact ratio."""


class Explained(msgspec.Struct, frozen=True, gc=False):
    """A rating, why it is so, and its numbers as facts keep them."""

    rating: Rating
    why: str
    value: Decimal | None
    """The figure: exact where it was entered whole, else its fraction rounded."""
    compared: Decimal | None


def explained(rating: Rating, why: str) -> Explained:
    """A rating with its sentence."""
    value, found = rating.value, rating.found
    return Explained(
        rating,
        why,
        None if value is None else _kept(value),
        None if found is None else found.shown(PLACES),
    )


def _kept(value: Ratio) -> Decimal | None:
    return value.over if value.under is ONE else value.shown(PLACES)


def reason(rules: RuleSet, case: Case, rating: Rating) -> str:
    """The sentence of a rating."""
    if rating.computed is not None:
        return _overridden(rules, case, rating, rating.computed)
    known = rules.by_id.get(rating.status)
    label = known.label if known else rating.status.capitalize()
    own = known.reason.rstrip(".") if known else ""
    if rating.rule == "declared":
        return f"{label}, as declared by the service{': ' + own if own else ''}."
    if rating.band is None or rating.value is None or rating.found is None:
        said = f"{label}: {own or _cause(rules, rating.rule, case)}."
    else:
        why = _because(rules, case, rating.value, rating.found, rating.band)
        said = f"{label}: {why}{_conditions(rules, case, rating) if rules.uses_when else ''}."
    if rules.status_from == "bands" and case.declared_status not in (None, rating.status):
        said += f" The service declared {rules.word(case.declared_status or '')}."
    return said


def _overridden(rules: RuleSet, case: Case, rating: Rating, computed: Rating) -> str:
    """Both statuses: "Amber, set by the director in place of red (57.1 % is 18.4 % below the target of 70 %)."."""
    label, by = rules.by_id[rating.status].label, (rules.override_by or "").replace("_", " ")
    first, _, why = reason(rules, case, computed).partition(": ")
    return f"{label}, set by the {by} in place of {first[:1].lower()}{first[1:]} ({why.rstrip('.')})."


def _conditions(rules: RuleSet, case: Case, rating: Rating) -> str:
    """What the conditions of bands had to do with it: of the band itself, and of those passed over for theirs."""
    band, found = rating.band, rating.found
    if band is None or found is None:
        return ""
    asked = Standing(rules, case, rating._replace(status="", rule=""))
    tolerance = tolerance_of(rules, case) if rules.uses_tolerance else None
    said = []
    for each in rules.bands[: rules.bands.index(band) + 1]:
        if each.when is None or not within(each, found, tolerance):
            continue
        holds = each.when.holds(asked)
        if holds is None:
            said.append(f"whether {each.when.english(rules)} cannot be said")
        else:
            said.append(each.when.because(asked) if holds else each.when.why_not(asked))
    return "".join(f"; {why}" for why in dict.fromkeys(said))


def _cause(rules: RuleSet, cause: str, case: Case) -> str:
    if cause.startswith(UNRATED_WHEN):
        status = cause.removeprefix(UNRATED_WHEN)
        return next(each.when.english(rules) for each in rules.unrated_when if each.status == status)
    if cause == "not_declared" and case.declared_status is not None:
        return f"'{case.declared_status}' was declared, which is no status of this pack"
    return f"{CAUSES[cause]} for {case.period}" if cause == "no_data" else CAUSES[cause]


def _because(rules: RuleSet, case: Case, value: Ratio, found: Ratio, band: Band) -> str:
    figure = value_said(case, value)
    if _by_floor(rules, case, value, found, band):
        return f"{figure} is {_floor(case, missed=True)}"
    compare = rules.compare
    if compare is None or compare.use == "value":
        return f"{figure} {_range(rules, case, band)}"
    said = f"{figure} {from_target(rules, compare, case, value, found)}"
    if band.floor == "met":
        return f"{said}, and {_floor(case, missed=False)}"
    return said + next_end(rules, compare, case, found, band)


def _by_floor(rules: RuleSet, case: Case, value: Ratio, found: Ratio, band: Band) -> bool:
    """Whether the missed floor decided: this band asks for it, or one before would have taken the value."""
    if not rules.uses_floor or not floor_missed(case, value):
        return False
    if band.floor == "missed":
        return True
    tolerance = tolerance_of(rules, case)
    earlier = rules.bands[: rules.bands.index(band)]
    return any(each.floor == "met" and within(each, found, tolerance) for each in earlier)


def _floor(case: Case, *, missed: bool) -> str:
    floor = case.target.floor if case.target is not None else None
    limit = amount(floor or ZERO, case.measured_in)
    if case.polarity == "higher":
        return f"below the floor of {limit}" if missed else f"meets the floor of {limit}"
    return f"above the ceiling of {limit}" if missed else f"keeps to the ceiling of {limit}"


def _range(rules: RuleSet, case: Case, band: Band) -> str:
    """Where a value compared by itself lies: "is above 25 % and at most 75 %"."""
    said = []
    for edge, words in ((band.lower, ("at least", "above")), (band.upper, ("at most", "below"))):
        place = None if edge is None else edge_at(edge, tolerance_of(rules, case))
        if edge is not None and place is not None:
            said.append(f"{words[0] if edge.inclusive else words[1]} {amount(place, case.measured_in)}")
    return f"is {' and '.join(said)}" if said else "lies outside the other bands"
