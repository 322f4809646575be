"""From the tree of a pack document to checked rules, with every problem found on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from events.errors import Problem
from rules.ir import Band, Compare, RuleSet, Trigger, UnratedWhen
from rules.names import Names
from rules.reading.bands import TO_BE_AGREED, read_bands
from rules.reading.breaks import COMPARED, read_breaks
from rules.reading.comparison import read_compare_by, read_override_by, read_status_from
from rules.reading.conditions import read_condition
from rules.reading.covering import check_bands
from rules.reading.fields import read_fields, read_words
from rules.reading.sheet import Key, Keys, Sheet, TooMany
from rules.reading.statuses import read_statuses, read_unrated
from rules.reading.triggers import read_triggers

BLOCKS: Keys = {
    "statuses": Key("The scale, worst first, and the unrated words beside it.", "block", True),
    "status_from": Key("Where statuses come from: bands, or {declared: required}.", "block"),
    "compare_by": Key("How a value is set against its target.", "block"),
    "bands": Key(
        "Which range of compared values gives which status, or to_be_agreed. The first that matches decides.",
        "list",
    ),
    "across_breaks": Key(
        "What earlier periods count for once a new version of an indicator is not comparable.", "block"
    ),
    "indicator_fields": Key("What is recorded of every indicator beyond the register.", "block"),
    "reported_as": Key("The words an officer may report a concern under; left out, any word.", "list"),
    "triggers": Key("When something follows from a status, and what.", "block"),
}

KEYS: frozenset[str] = frozenset(BLOCKS)
"""The top-level keys of a pack that belong to the rules; all others are somebody else's."""


def compile_rules(tree: Mapping[str, object], names: Names) -> tuple[RuleSet | None, tuple[Problem, ...]]:
    """Read the rules half of a whole pack tree (dicts, lists and text).

    Answers the rules, or None where any problem is an error, and all problems; a problem's path is keys and
    indexes from the top of the document.
    """
    sheet = Sheet(names, read_condition)
    try:
        rules = _read_rules(sheet, tree)
    except TooMany:
        rules = None
    return rules, tuple(sheet.problems)


def _read_rules(sheet: Sheet, tree: Mapping[str, object]) -> RuleSet | None:
    """The rules, or None where anything is wrong with them."""
    read_statuses(sheet, tree.get("statuses"), ("statuses",))
    if "indicator_fields" in tree:
        read_fields(sheet, tree["indicator_fields"], ("indicator_fields",))
    if "reported_as" in tree:
        sheet.concerns = read_words(sheet, tree["reported_as"], ("reported_as",), "'reported_as'")
    without = read_unrated(sheet, tree.get("statuses"), ("statuses",))
    source, override_by = read_status_from(sheet, tree), read_override_by(sheet, tree)
    compare, bands = _read_scale(sheet, tree)
    triggers = read_triggers(sheet, tree["triggers"], ("triggers",)) if "triggers" in tree else ()
    breaks = (
        read_breaks(sheet, tree["across_breaks"], ("across_breaks",)) if "across_breaks" in tree else COMPARED
    )
    if any(problem.severity == "error" for problem in sheet.problems):
        return None
    return RuleSet(
        statuses=tuple(sheet.statuses.values()),
        status_from=source,
        override_by=override_by,
        unrated_when=without,
        compare=compare,
        bands=bands,
        indicator_fields=tuple(sheet.fields.values()),
        reported_as=sheet.concerns,
        triggers=triggers,
        lookback=_lookback(triggers, bands, without),
        across_breaks=breaks,
    )


def _read_scale(sheet: Sheet, tree: Mapping[str, object]) -> tuple[Compare | None, tuple[Band, ...]]:
    """How to compare and band; the proof is made only of bands that could all be read."""
    compare = read_compare_by(sheet, tree["compare_by"], ("compare_by",)) if "compare_by" in tree else None
    before = len(sheet.problems)
    bands = read_bands(sheet, tree.get("bands"), ("bands",))
    if isinstance(tree.get("bands"), list | tuple) and "compare_by" not in tree:
        sheet.report("GT-RULE-024", ("bands",))
    if compare is not None and len(sheet.problems) == before:
        check_bands(sheet, bands, compare, ("bands",))
    return compare, bands if tree.get("bands") != TO_BE_AGREED else ()


def _lookback(triggers: Sequence[Trigger], bands: Sequence[Band], without: Sequence[UnratedWhen]) -> int:
    """As far as the furthest condition looks, and at least the period before, which every decision names."""
    reach = [1, *(band.when.back for band in bands if band.when), *(each.when.back for each in without)]
    for trigger in triggers:
        test = trigger.only_if.test if trigger.only_if is not None else None
        reach += [each.back for each in (trigger.when, trigger.clears_when, test) if each is not None]
    return max(reach)
