"""From a case to its status: computed from bands or declared by an officer, or unrated with a cause."""

from __future__ import annotations

from typing import NamedTuple

from rules.banding import band_of
from rules.case import Case
from rules.compared import compared, value_of
from rules.exact import Ratio
from rules.ir import NO_DATA, NOT_RATED, Band, RuleSet


class Rating(NamedTuple):
    """A status and what it was found from."""

    status: str
    """A word of the pack, or the built-in word for an unrated state."""
    rule: str
    """``bands/amber``, ``declared``, or the cause for which it is unrated."""
    value: Ratio | None = None
    found: Ratio | None = None
    """The value as the pack compares it."""
    band: Band | None = None


def rate(rules: RuleSet, case: Case) -> Rating:
    """The status of a case. Total: whatever is missing gives an unrated state."""
    if rules.status_from == "declared":
        return _as_declared(rules, case)
    value = value_of(case)
    if isinstance(value, str):
        return unrated(rules, value)
    if rules.compare is None:
        return unrated(rules, "not_declared", value)
    found = compared(rules.compare, case, value)
    if isinstance(found, str):
        return unrated(rules, found, value)
    band = band_of(rules, case, value, found)
    if isinstance(band, str):
        return unrated(rules, band, value, found)
    return Rating(band.status, band.rule, value, found, band)


def unrated(rules: RuleSet, cause: str, value: Ratio | None = None, found: Ratio | None = None) -> Rating:
    """The pack's own word for a cause, else the built-in one."""
    word = rules.unrated_words.get(cause) or (NO_DATA if cause == "no_data" else NOT_RATED)
    return Rating(word, cause, value, found)


def _as_declared(rules: RuleSet, case: Case) -> Rating:
    value = value_of(case)
    exact = value if isinstance(value, Ratio) else None
    declared = case.declared_status
    if declared is not None and declared in rules.by_id:
        return Rating(declared, "declared", exact)
    nothing = declared is None and value == "no_data" and case.reported_as is None
    return unrated(rules, "no_data" if nothing else "not_declared", exact)
