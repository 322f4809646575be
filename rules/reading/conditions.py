"""Read a condition: one key that names its kind, handed to that kind's own reader."""

from __future__ import annotations

from rules.ir import Condition
from rules.kinds import REGISTRY
from rules.reading.sheet import Path, Sheet, near

MOST_DEEP = 10
"""Conditions stand at most this deep inside each other."""


def read_condition(sheet: Sheet, node: object, path: Path) -> Condition | None:
    """The condition at a path, or None with the problem reported."""
    block = sheet.mapping(node, path, "A condition")
    if block is None:
        return None
    kinds = [key for key in block if key in REGISTRY]
    beside = {key for kind in kinds for key in REGISTRY[kind].keys}
    strange = [key for key in block if key not in beside]
    for key in strange:
        sheet.report("GT-RULE-051", (*path, key), kind=key, hint=near(key, REGISTRY))
    if strange:
        return None
    if len(kinds) != 1:
        listed = ", ".join(f"'{key}'" for key in kinds) or "no kind"
        sheet.report("GT-RULE-050", path, count=len(kinds) or "none", keys=listed)
        return None
    if sum(1 for step in path if step in ("any", "all", "not")) >= MOST_DEEP:
        sheet.report("GT-RULE-058", path, most=MOST_DEEP)
        return None
    return REGISTRY[kinds[0]].read(sheet, block, path)
