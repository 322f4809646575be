"""Read `statuses`: the scale, worst first, and the unrated words beside it."""

from __future__ import annotations

from collections.abc import Mapping

from rules.ir import Status, UnratedWhen
from rules.reading.bands import read_when
from rules.reading.sheet import PROVENANCE, Key, Keys, Path, Sheet

CAUSES: Mapping[str, str] = {
    "no_data": "there is no figure",
    "not_declared": "no status was declared",
    "zero_denominator": "the denominator is zero",
    "no_polarity": "the indicator does not say which way is better",
    "no_target": "no target is set",
    "no_floor": "no floor is set",
    "no_tolerance": "no tolerance is set",
    "not_percent": "the indicator is not measured in percent",
    "other_polarity": "the bands are for indicators whose better figures lie the other way",
}
"""Why a figure can be unrated: the cause, as decisions cite it, and what it means."""

STATUS: Keys = {
    "label": Key("What people read; the id with a capital where left out."),
    "colour": Key("The colour it is shown in."),
    "rank": Key("Higher is better; counted from 0, worst first, where left out.", "number"),
    "points": Key("What it scores.", "number"),
    "judged": Key("'no' for a state that rates nothing.", "yes or no"),
    "reason": Key("Why figures in this state are not rated; needed with 'judged: no'."),
    "stands_for": Key("The causes for which this word is used: " + ", ".join(CAUSES) + ".", "list"),
    "when": Key(
        "With 'judged: no': figures for which this holds are not rated, and get this word. It asks about the register or "
        "the figure: field, direction, reported_as or overdue.",
        "block",
    ),
    **PROVENANCE,
}

_CAUSE_OF_ID = {"no_data": ("no_data",), "no_target": ("no_target",)}


def read_statuses(sheet: Sheet, node: object, path: Path) -> None:
    """Fill `sheet.statuses` from the block `statuses`."""
    if isinstance(node, Mapping):
        for id_, each in node.items():
            if sheet.name(id_, (*path, id_)):
                _read_one(sheet, id_, each, (*path, id_))
    elif node is not None:
        sheet.mapping(node, path, "'statuses'")
        return
    if not sheet.statuses:
        sheet.report("GT-RULE-010", path)
    elif not sheet.judged():
        sheet.report("GT-RULE-011", path)


def read_unrated(sheet: Sheet, node: object, path: Path) -> tuple[UnratedWhen, ...]:
    """The conditions of unrated words, in order; read when every status and field is known."""
    found = []
    for id_, block in node.items() if isinstance(node, Mapping) else ():
        status = sheet.statuses.get(id_)
        if status is None or status.judged or not isinstance(block, Mapping):
            continue
        when = read_when(sheet, block, (*path, id_), f"The condition of '{id_}'")
        if when is not None:
            found.append(UnratedWhen(status=id_, when=when))
    return tuple(found)


def _read_one(sheet: Sheet, id_: str, node: object, path: Path) -> None:
    block = sheet.block({} if node in ("", None) else node, path, STATUS, f"Status '{id_}'") or {}
    causes: tuple[str, ...] = _CAUSE_OF_ID.get(id_, ())
    if "stands_for" in block:
        causes = sheet.some_of(block["stands_for"], (*path, "stands_for"), "'stands_for'", CAUSES, "a cause")
    judged = not causes
    if "judged" in block:
        judged = sheet.yes_no(block["judged"], (*path, "judged"), "'judged'") is not False
    reason = sheet.text(block["reason"], (*path, "reason"), "'reason'") if "reason" in block else ""
    if judged:
        for key in ("reason", "stands_for", "when"):
            if key in block:
                sheet.report("GT-RULE-015", (*path, key), status=id_, key=key)
    elif "reason" not in block and not causes:
        sheet.report("GT-RULE-013", path, status=id_)
    label = sheet.text(block["label"], (*path, "label"), "'label'") if "label" in block else None
    colour = sheet.text(block["colour"], (*path, "colour"), "'colour'") if "colour" in block else None
    points = sheet.number(block["points"], (*path, "points"), "'points'") if "points" in block else None
    _claim(sheet, id_, causes, path)
    sheet.statuses[id_] = Status(
        id=id_,
        label=label or id_.replace("_", " ").capitalize(),
        rank=_rank(sheet, id_, block, judged, path),
        judged=judged,
        colour=colour or "",
        points=points,
        reason=reason or "",
        stands_for=() if judged else causes,
    )


def _rank(sheet: Sheet, id_: str, block: Mapping[str, object], judged: bool, path: Path) -> int:
    """The rank given, or one above the last; judged statuses must rise."""
    before = max((each.rank for each in sheet.statuses.values() if each.judged), default=None)
    counted = 0 if before is None else before + 1
    if "rank" not in block:
        return counted if judged else -1
    rank = sheet.whole(block["rank"], (*path, "rank"), "'rank'", -1000, 1000)
    if rank is None:
        return counted
    if judged and before is not None and rank <= before:
        sheet.report("GT-RULE-012", (*path, "rank"), status=id_, rank=rank, before=before)
        return counted
    return rank


def _claim(sheet: Sheet, id_: str, causes: tuple[str, ...], path: Path) -> None:
    for other in sheet.statuses.values():
        for cause in set(causes).intersection(other.stands_for):
            sheet.report("GT-RULE-014", path, status=id_, other=other.id, cause=cause)
