"""The shape of a whole `pack.yaml` as a JSON Schema, for editors: both halves and what stands above them.

It is made of the tables that the readers themselves use. `pack check` says more, and says it better.
"""

from __future__ import annotations

from engine.packs import adoption
from engine.packs.closing import PLAIN, SECTION, SETTLED
from engine.packs.data_quality import CHECKS, OFF, ON
from rules.schema import json_schema
from workflows import keys
from workflows.keys import Keys

_TEXT: dict[str, object] = {"type": ["string", "number", "boolean"]}
_PROVENANCE: dict[str, object] = {"clause": _TEXT, "assumption": _TEXT}


def pack_schema() -> dict[str, object]:
    """A JSON Schema (2020-12) of `pack.yaml`; keys it does not know are not allowed."""
    schema = json_schema()
    rules = schema["properties"]
    assert isinstance(rules, dict)  # rules.schema promises an object
    return schema | {
        "title": "A goldenthread pack",
        "properties": {**_above(), **_organisation(), **rules, **_below()},
        "required": ["pack", "title", "version", "source", "effective"],
        "additionalProperties": False,
    }


def _above() -> dict[str, object]:
    effective = {"from": _TEXT, **_PROVENANCE}
    return {
        "pack": {**_TEXT, "description": "its name, the same as its folder's"},
        "title": {**_TEXT, "description": "what people call it"},
        "version": {**_TEXT, "description": "its version, in quotes"},
        "source": {**_TEXT, "description": "the document it was written from"},
        "effective": {
            "type": "object",
            "description": "from which day it judges: periods that end on or after it",
            "properties": effective,
            "required": ["from"],
            "additionalProperties": False,
        },
    }


def _organisation() -> dict[str, object]:
    intervention = _block(keys.INTERVENTION)
    inside = intervention["properties"]
    assert isinstance(inside, dict)  # _block has just made it
    inside["report_back"] = _by_name(keys.CATEGORY)
    inside["menu"] = _by_name(keys.MENU_ITEM)
    inside["ladder"] = _block(keys.LADDER)
    return {
        "calendar": _block(keys.CALENDAR),
        "bodies": _by_name(keys.BODY),
        "roles": {"type": ["array", "object"], "description": "names, or names with labels"},
        "intervention": intervention,
    }


def _below() -> dict[str, object]:
    use = {"use": _TEXT, "with": {"type": "object"}, **_PROVENANCE}
    assumption = dict.fromkeys(("quote", "issue", "reading", "alternative"), _TEXT)
    return {
        "workflows": _named(
            {"type": "object", "properties": use, "required": ["use"], "additionalProperties": False}
        ),
        "assumptions": _named(
            {
                "type": "object",
                "properties": assumption,
                "required": ["issue", "reading"],
                "additionalProperties": False,
            }
        ),
        "data_quality": _data_quality(),
        "period_close": _period_close(),
        "adoption": _adoption(),
    }


def _period_close() -> dict[str, object]:
    """A requirement is a word, or a block about a workflow."""
    block = _block(SECTION)
    inside = block["properties"]
    assert isinstance(inside, dict)  # _block has just made it
    inside["requires"] = {
        "description": SECTION["requires"].words,
        "type": "array",
        "items": {"anyOf": [{"enum": [*PLAIN]}, _block(SETTLED)]},
    }
    return block


def _adoption() -> dict[str, object]:
    block = _block(adoption.SECTION)
    inside = block["properties"]
    assert isinstance(inside, dict)  # _block has just made it
    inside["steps"] = {"type": "array", "items": _block(adoption.STEP)}
    inside["review"] = _block(adoption.REVIEW)
    return block


def _data_quality() -> dict[str, object]:
    """On or off, or a block with the options that a check has."""
    checks: dict[str, object] = {}
    for name, check in CHECKS.items():
        switch: dict[str, object] = {"enum": [ON, OFF]}
        block = {
            "type": "object",
            "properties": {option: {"description": each.about} for option, each in check.options.items()},
            "additionalProperties": False,
        }
        checks[name] = {"description": check.about, "anyOf": [switch, block] if check.options else [switch]}
    return {"type": "object", "properties": {**checks, **_PROVENANCE}, "additionalProperties": False}


def _by_name(table: Keys) -> dict[str, object]:
    return _named(_block(table))


def _named(item: dict[str, object]) -> dict[str, object]:
    return {"type": "object", "additionalProperties": item}


def _block(table: Keys) -> dict[str, object]:
    """A block of fixed keys; what stands under a key is said in words."""
    return {
        "type": "object",
        "properties": {name: {"description": key.words} for name, key in table.items()},
        "required": [name for name, key in table.items() if key.required],
        "additionalProperties": False,
    }
