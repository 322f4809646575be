"""From a case to its status: computed from bands or declared by an officer, or unrated with a cause."""

from __future__ import annotations

from typing import NamedTuple

from rules.banding import band_of
from rules.case import Case
from rules.compared import compared, value_of
from rules.exact import Ratio
from rules.ir import NO_DATA, NOT_RATED, Band, RuleSet
from rules.standing import Standing

UNRATED_WHEN = "statuses/"
"""A rating's rule begins with this where the condition of an unrated word held."""
OVERRIDE = "override"
"""A rating's rule where an officer's status stands in place of the computed one."""


class Rating(NamedTuple):
    """A status and what it was found from."""

    status: str
    """A word of the pack, or the built-in word for an unrated state."""
    rule: str
    """``bands/amber``, ``declared``, ``override``, or the cause for which it is unrated."""
    value: Ratio | None = None
    found: Ratio | None = None
    """The value as the pack compares it."""
    band: Band | None = None
    computed: Rating | None = None
    """What the rules gave, where an officer's status overrides it."""


def rate(rules: RuleSet, case: Case) -> Rating:
    """The status of a case. Total: whatever is missing gives an unrated state."""
    found = _as_declared(rules, case) if rules.status_from == "declared" else _computed(rules, case)
    if rules.override_by is None or case.override is None:
        return found
    if case.override.status not in rules.judged or found.rule == "no_data":
        return found
    return found._replace(status=case.override.status, rule=OVERRIDE, computed=found)


def _computed(rules: RuleSet, case: Case) -> Rating:
    value = value_of(case)
    if value == "no_data":
        return unrated(rules, "no_data")
    if rules.unrated_when:
        exact = value if isinstance(value, Ratio) else None
        without = _not_to_be_rated(rules, case, exact)
        if without is not None:
            return Rating(without, f"{UNRATED_WHEN}{without}", exact)
    if isinstance(value, str):
        return unrated(rules, value)
    if rules.compare is None:
        return unrated(rules, "not_declared", value)
    found = compared(rules.compare, case, value)
    if isinstance(found, str):
        return unrated(rules, found, value)
    asked = Standing(rules, case, Rating("", "", value, found)) if rules.uses_when else None
    band = band_of(rules, case, value, found, asked)
    if isinstance(band, str):
        return unrated(rules, band, value, found)
    return Rating(band.status, band.rule, value, found, band)


def unrated(rules: RuleSet, cause: str, value: Ratio | None = None, found: Ratio | None = None) -> Rating:
    """The pack's own word for a cause, else the built-in one."""
    word = rules.unrated_words.get(cause) or (NO_DATA if cause == "no_data" else NOT_RATED)
    return Rating(word, cause, value, found)


def _not_to_be_rated(rules: RuleSet, case: Case, value: Ratio | None) -> str | None:
    """The unrated word whose condition holds, if any does."""
    asked = Standing(rules, case, Rating("", "", value))
    return next((each.status for each in rules.unrated_when if each.when.holds(asked)), None)


def _as_declared(rules: RuleSet, case: Case) -> Rating:
    value = value_of(case)
    exact = value if isinstance(value, Ratio) else None
    declared = case.declared_status
    nothing = declared is None and value == "no_data" and case.reported_as is None
    if rules.unrated_when and not nothing:
        without = _not_to_be_rated(rules, case, exact)
        if without is not None:
            return Rating(without, f"{UNRATED_WHEN}{without}", exact)
    if declared is not None and declared in rules.by_id:
        return Rating(declared, "declared", exact)
    return unrated(rules, "no_data" if nothing else "not_declared", exact)
