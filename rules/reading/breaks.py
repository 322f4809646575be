"""Read `across_breaks`: what earlier periods count for once an indicator measures something else."""

from __future__ import annotations

from collections.abc import Mapping

from rules.reading.sheet import PROVENANCE, Key, Keys, Path, Sheet

COMPARED, BEGUN_ANEW = "compared", "begun_anew"
ACROSS: Mapping[str, str] = {
    COMPARED: "earlier periods count as they always do",
    BEGUN_ANEW: "nothing before the break is looked at: no direction of travel, no run of statuses, no turn goes across it",
}
"""The words for it, and what each means."""

BREAKS: Keys = {
    "use": Key(
        "Where a new version of an indicator is said not to be comparable: "
        + "; ".join(f"{word}: {what}" for word, what in ACROSS.items())
        + ".",
        " | ".join(ACROSS),
        True,
    ),
    **PROVENANCE,
}


def read_breaks(sheet: Sheet, node: object, path: Path) -> str:
    """What is done at a break; one word stands for ``use``."""
    block = sheet.block({"use": node} if isinstance(node, str) else node, path, BREAKS, "'across_breaks'")
    if block is None or "use" not in block:
        return COMPARED
    at = path if isinstance(node, str) else (*path, "use")
    return sheet.one_of(block["use"], at, "'use'", ACROSS, "a way across a break") or COMPARED
