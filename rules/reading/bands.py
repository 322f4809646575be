"""Read `bands`: which range of compared values gives which status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rules.ir import Band, Condition, Edge
from rules.reading.sheet import PROVENANCE, Key, Keys, Path, Sheet

BAND: Keys = {
    "status": Key("The status this band gives.", "text", True),
    "at_least": Key("This value or better; or 'tolerance', '-tolerance'.", "number"),
    "above": Key("Better than this value.", "number"),
    "at_most": Key("This value or worse.", "number"),
    "below": Key("Worse than this value.", "number"),
    "from": Key("The same as at_least; goes with 'to'.", "number"),
    "to": Key("The same as at_most; goes with 'from'.", "number"),
    "floor": Key(
        "What must also hold of the absolute floor. An indicator without a floor cannot miss it; whether it meets one cannot be said.",
        "met | missed",
    ),
    "when": Key(
        "What must also hold: direction, field, reported_as, no_data or overdue, or several joined. Where it does not, or "
        "cannot be said, the band is passed over.",
        "block",
    ),
    **PROVENANCE,
}
"""A band without any edge takes all that the bands before it left."""

MOST_BANDS = 100
"""Each is compared with each for the proof that they leave no gap."""
TO_BE_AGREED = "to_be_agreed"

_ENDS = {
    "lower": {"at_least": True, "above": False, "from": True},
    "upper": {"at_most": True, "below": False, "to": True},
}
_TOLERANCE = {"tolerance": 1, "-tolerance": -1, "- tolerance": -1}


def read_bands(sheet: Sheet, node: object, path: Path) -> tuple[Band, ...]:
    """The bands in order; none where they are still to be agreed."""
    if node is None or node == TO_BE_AGREED:
        return ()
    listed = sheet.listing(node, path, "'bands'")
    if listed is None:
        return ()
    if not listed:
        sheet.report("GT-RULE-035", path)
    if len(listed) > MOST_BANDS:
        sheet.report("GT-RULE-037", path, most=MOST_BANDS)
        return ()
    seen: Counter[str] = Counter()
    bands = []
    for index, each in enumerate(listed):
        band = _read_band(sheet, each, (*path, index), seen)
        if band is not None:
            bands.append(band)
    return tuple(bands)


def _read_band(sheet: Sheet, node: object, path: Path, seen: Counter[str]) -> Band | None:
    block = sheet.block(node, path, BAND, "A band")
    if block is None or "status" not in block:
        return None
    status = sheet.one_of(
        block["status"], (*path, "status"), "'status'", sheet.statuses, "a status of this pack"
    )
    if status is None:
        return None
    if not sheet.statuses[status].judged:
        sheet.report("GT-RULE-016", (*path, "status"), status=status, known=", ".join(sheet.judged()))
        return None
    floor = ""
    if "floor" in block:
        floor = (
            sheet.one_of(block["floor"], (*path, "floor"), "'floor'", ("met", "missed"), "a word for 'floor'")
            or ""
        )
    when = read_when(sheet, block, path, "The condition of a band")
    if "when" in block and when is None:
        return None
    seen[status] += 1
    again = f"/{seen[status]}" if seen[status] > 1 else ""
    return Band(
        status=status,
        rule=f"bands/{status}{again}",
        lower=_edge(sheet, block, path, "lower"),
        upper=_edge(sheet, block, path, "upper"),
        floor=floor,
        when=when,
    )


def _edge(sheet: Sheet, block: Mapping[str, object], path: Path, end: str) -> Edge | None:
    given = [key for key in _ENDS[end] if key in block]
    if len(given) > 1:
        sheet.report("GT-RULE-034", (*path, given[1]), first=given[0], second=given[1], end=end)
    if not given:
        return None
    key = given[0]
    inclusive = _ENDS[end][key]
    text = block[key]
    if isinstance(text, str) and text.strip() in _TOLERANCE:
        return Edge(tolerance=_TOLERANCE[text.strip()], inclusive=inclusive)
    number = sheet.number(text, (*path, key), f"'{key}'")
    return None if number is None else Edge(at=number, inclusive=inclusive)


def read_when(sheet: Sheet, block: Mapping[str, object], path: Path, where: str) -> Condition | None:
    """The condition under ``when``, if there is one; it may not ask about a status that is still to be found."""
    if "when" not in block:
        return None
    at = (*path, "when")
    when = sheet.condition(block["when"], at)
    if when is not None and when.rests_on_status:
        sheet.report("GT-RULE-083", at, where=where)
        return None
    return when
