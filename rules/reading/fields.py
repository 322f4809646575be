"""Read `indicator_fields`: what the pack asks to be recorded of every indicator; and `reported_as`."""

from __future__ import annotations

from collections.abc import Mapping

from rules.ir import IndicatorField
from rules.reading.sheet import PROVENANCE, Key, Keys, Path, Sheet

TYPES: Mapping[str, str] = {"yes_no": "yes or no", "choice": "one of its options", "text": "any text"}

FIELD: Keys = {
    "type": Key("; ".join(f"{name}: {what}" for name, what in TYPES.items()) + ".", " | ".join(TYPES), True),
    "label": Key("What people read; the id in words where left out."),
    "options": Key("The answers of a choice.", "list"),
    "from": Key("Where the answer is taken from, for example corporate_improvement_plan."),
    "override_by": Key("The body or role that may set it otherwise, with a reason."),
    **PROVENANCE,
}


def read_fields(sheet: Sheet, node: object, path: Path) -> None:
    """Fill `sheet.fields` from the block `indicator_fields`."""
    for id_, each in (sheet.mapping(node, path, "'indicator_fields'") or {}).items():
        if sheet.name(id_, (*path, id_)):
            _read_one(sheet, id_, each, (*path, id_))


def _read_one(sheet: Sheet, id_: str, node: object, path: Path) -> None:
    block = sheet.block(node, path, FIELD, f"Field '{id_}'")
    if block is None or "type" not in block:
        return
    type_ = sheet.one_of(block["type"], (*path, "type"), "'type'", TYPES, "a type of field") or "text"
    label = sheet.text(block["label"], (*path, "label"), "'label'") if "label" in block else None
    source = sheet.text(block["from"], (*path, "from"), "'from'") if "from" in block else None
    override = None
    if "override_by" in block:
        known = sheet.names.bodies | sheet.names.roles
        override = sheet.one_of(
            block["override_by"],
            (*path, "override_by"),
            "'override_by'",
            known,
            "a body or role of this pack",
        )
    sheet.fields[id_] = IndicatorField(
        id=id_,
        label=label or id_.replace("_", " "),
        type=type_,
        options=_options(sheet, id_, block, path, type_),
        source=source or "",
        override_by=override,
    )


def _options(sheet: Sheet, id_: str, block: Mapping[str, object], path: Path, type_: str) -> tuple[str, ...]:
    if "options" not in block:
        if type_ == "choice":
            sheet.report("GT-RULE-040", path, field=id_)
        return ("yes", "no") if type_ == "yes_no" else ()
    if type_ != "choice":
        sheet.report("GT-RULE-041", (*path, "options"), field=id_, type=type_)
    return read_words(sheet, block["options"], (*path, "options"), "'options'")


def read_words(sheet: Sheet, node: object, path: Path, where: str) -> tuple[str, ...]:
    """A list of words, without repeats."""
    listed = sheet.listing(node, path, where) or []
    words = (sheet.text(each, (*path, i), where) for i, each in enumerate(listed))
    return tuple(dict.fromkeys(word for word in words if word is not None))
