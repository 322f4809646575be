"""Read `compare_by` and `status_from`: how a value is set against its target, and where statuses come from."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from rules.ir import Compare
from rules.reading.sheet import PROVENANCE, Key, Keys, Path, Sheet, near

WAYS: Mapping[str, str] = {
    "percent_from_target": "how far the value is from its target, as a percentage of the target",
    "difference": "how far the value is from its target, in the indicator's own unit",
    "percent_points": "how far a percentage is from its target, in percentage points",
    "value": "the value itself, without a target",
}
"""The ways to compare, and what each means."""

ROUNDINGS: Mapping[str, str] = {
    "half_away_from_zero": "a half goes away from zero, as a spreadsheet does",
    "half_to_even": "a half goes to the even neighbour",
    "towards_zero": "the rest is cut off",
    "away_from_zero": "any rest counts in full",
}
"""The ways to round what is compared."""

COMPARE: Keys = {
    "use": Key(
        "What is compared: " + "; ".join(f"{way} is {what}" for way, what in WAYS.items()) + ".",
        " | ".join(WAYS),
        True,
    ),
    "better": Key(
        "positive: better figures compare as positive numbers, whichever way is better. For 'use: value': higher or lower.",
        "positive | higher | lower",
    ),
    "round_to": Key(
        "Round what is compared to multiples of this before banding; left out, nothing is rounded.", "number"
    ),
    "rounding": Key(
        "How: " + "; ".join(f"{way}: {what}" for way, what in ROUNDINGS.items()) + ".", " | ".join(ROUNDINGS)
    ),
    "tolerance": Key("The tolerance of indicators whose target carries none of its own.", "number"),
    **PROVENANCE,
}

STATUS_FROM: Keys = {
    "bands": Key("'required': the status is computed from the bands.", "required"),
    "declared": Key(
        "'required': an officer declares the status, and a figure without one is not rated.", "required"
    ),
    "override_by": Key(
        "With bands: the role or body whose declared status, given with a reason, overrides the computed one."
    ),
    **PROVENANCE,
}


def read_compare_by(sheet: Sheet, node: object, path: Path) -> Compare | None:
    """How values are compared; one word stands for ``use``."""
    block = sheet.block({"use": node} if isinstance(node, str) else node, path, COMPARE, "'compare_by'")
    if block is None:
        return None
    at = path if isinstance(node, str) else (*path, "use")
    use = sheet.one_of(block["use"], at, "'use'", WAYS, "a way to compare") if "use" in block else None
    round_to = _above_zero(sheet, block, path, "round_to")
    rounding = ""
    if "rounding" in block:
        rounding = (
            sheet.one_of(block["rounding"], (*path, "rounding"), "'rounding'", ROUNDINGS, "a way to round")
            or ""
        )
        if "round_to" not in block:
            sheet.report("GT-RULE-025", (*path, "rounding"))
    tolerance = _above_zero(sheet, block, path, "tolerance")
    return Compare(
        use=use or "percent_from_target",
        better=_better(sheet, block, path, use or "percent_from_target"),
        round_to=round_to,
        rounding="" if round_to is None else rounding or "half_away_from_zero",
        tolerance=tolerance,
    )


def _better(sheet: Sheet, block: Mapping[str, object], path: Path, use: str) -> str:
    allowed = ("higher", "lower") if use == "value" else ("positive",)
    if "better" not in block:
        return allowed[0]
    better = sheet.text(block["better"], (*path, "better"), "'better'")
    if better is not None and better not in allowed:
        hint = f"Write {' or '.join(allowed)}."
        sheet.report("GT-RULE-027", (*path, "better"), text=better, use=use, hint=hint)
    return better if better in allowed and better is not None else allowed[0]


def _above_zero(sheet: Sheet, block: Mapping[str, object], path: Path, key: str) -> Decimal | None:
    if key not in block:
        return None
    number = sheet.number(block[key], (*path, key), f"'{key}'")
    if number is not None and number <= 0:
        sheet.report("GT-RULE-026", (*path, key), key=key, text=block[key])
        return None
    return number


def read_status_from(sheet: Sheet, tree: Mapping[str, object]) -> str:
    """``bands`` or ``declared``; where the pack does not say, bands decide if there are any."""
    bands = tree.get("bands")
    if "status_from" not in tree:
        if bands == "to_be_agreed":
            sheet.report("GT-RULE-022", ("bands",))
        elif bands is None:
            sheet.report("GT-RULE-020", ())
        return "bands"
    source = _source(sheet, tree["status_from"], ("status_from",))
    if source == "bands" and bands is None:
        sheet.report("GT-RULE-021", ("status_from",))
    if source == "bands" and bands == "to_be_agreed":
        sheet.report("GT-RULE-022", ("status_from",))
    if source == "declared" and bands not in (None, "to_be_agreed"):
        sheet.report("GT-RULE-023", ("bands",))
    return source or "declared"


def read_override_by(sheet: Sheet, tree: Mapping[str, object]) -> str | None:
    """The role or body that may override a computed status."""
    block = tree.get("status_from")
    if not isinstance(block, Mapping) or "override_by" not in block:
        return None
    at = ("status_from", "override_by")
    if "declared" in block:
        sheet.report("GT-RULE-094", at)
    known = sheet.names.bodies | sheet.names.roles
    return sheet.one_of(block["override_by"], at, "'override_by'", known, "a body or role of this pack")


def _source(sheet: Sheet, node: object, path: Path) -> str | None:
    if isinstance(node, str):
        return sheet.one_of(
            node, path, "'status_from'", ("bands", "declared"), "where a status can come from"
        )
    block = sheet.block(node, path, STATUS_FROM, "'status_from'")
    if block is None:
        return None
    sources = [source for source in ("bands", "declared") if source in block]
    for source in sources:
        if block[source] != "required":
            sheet.report(
                "GT-RULE-007",
                (*path, source),
                text=block[source],
                what=f"a word for '{source}'",
                hint=near("", ["required"]),
            )
    if len(sources) != 1:
        sheet.report("GT-RULE-020", path)
        return None
    return sources[0]
