"""From the tree of a pack document to checked rules, with every problem found on the way."""

from __future__ import annotations

from collections.abc import Mapping

from events.errors import Problem
from rules.ir import RuleSet
from rules.names import Names

KEYS: frozenset[str] = frozenset(
    {"statuses", "status_from", "compare_by", "bands", "indicator_fields", "reported_as", "triggers"}
)
"""The top-level keys of a pack that belong to the rules; all others are somebody else's."""


def compile_rules(tree: Mapping[str, object], names: Names) -> tuple[RuleSet | None, tuple[Problem, ...]]:
    """Read the rules half of a whole pack tree (dicts, lists and text).

    Answers the rules, or None where any problem is an error, and all problems; a problem's path is keys and
    indexes from the top of the document.
    """
    raise NotImplementedError
