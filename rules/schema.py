"""What a pack may say in its rules, as plain data: for `pack schema`, and for the generated reference.

Everything is taken from the tables the readers themselves use, so it cannot say what is not so.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from rules.compile import BLOCKS
from rules.kinds import REGISTRY
from rules.reading.bands import BAND
from rules.reading.breaks import ACROSS, BREAKS
from rules.reading.comparison import COMPARE, STATUS_FROM
from rules.reading.fields import FIELD
from rules.reading.sheet import Key, Keys
from rules.reading.statuses import CAUSES, STATUS
from rules.reading.triggers import THEN, TRIGGER

SCHEMA = "https://json-schema.org/draft/2020-12/schema"


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One block or kind of condition, as the reference shows it."""

    name: str
    about: str
    keys: Mapping[str, Key]
    example: str = ""
    inner: Mapping[str, Key] = msgspec.field(default_factory=dict)
    """Keys of the block under a condition's own key."""


def blocks() -> tuple[Page, ...]:
    """The blocks of the rules half, in reading order."""
    return (*_judging(), *_around())


def _judging() -> tuple[Page, ...]:
    return (
        Page(name="pack", about="The keys at the top of a pack that belong to the rules.", keys=BLOCKS),
        Page(
            name="statuses",
            about="One entry for each status, by id, worst first.",
            keys=STATUS,
            example="red: {label: Red, colour: red}",
        ),
        Page(
            name="status_from",
            about="Where statuses come from.",
            keys=STATUS_FROM,
            example="status_from: {declared: required}",
        ),
        Page(
            name="compare_by",
            about="How a value is compared.",
            keys=COMPARE,
            example="compare_by: {use: percent_from_target, round_to: 0.1}",
        ),
        Page(
            name="bands",
            about="A list; the first band that matches decides. A band without ends takes all that is left.",
            keys=BAND,
            example="bands: [{status: green, at_least: 0}, {status: amber, at_least: -10}, {status: red}]",
        ),
    )


def _around() -> tuple[Page, ...]:
    return (
        Page(
            name="across_breaks",
            about="What a new version that is not comparable does to what looks back.",
            keys=BREAKS,
            example="across_breaks: begun_anew",
        ),
        Page(
            name="indicator_fields",
            about="One entry for each field, by id.",
            keys=FIELD,
            example="important_locally: {type: yes_no}",
        ),
        Page(
            name="triggers",
            about="One entry for each trigger, by id.",
            keys=TRIGGER,
            example="turned_red: {when: {turned: {from: amber, to: red}}, then: {refer_to: CPEG}}",
        ),
        Page(
            name="then",
            about="What follows from a trigger: a closed list.",
            keys=THEN,
            example="then: {refer_to: CPEG, start: intervention}",
        ),
    )


def conditions() -> tuple[Page, ...]:
    """The kinds of condition, in the order of the registry."""
    return tuple(
        Page(name=name, about=kind.about, keys=kind.keys, example=kind.example, inner=kind.inner)
        for name, kind in REGISTRY.items()
    )


def causes() -> Mapping[str, str]:
    """Why a figure can be unrated: cause → what it means."""
    return CAUSES


def json_schema() -> dict[str, object]:
    """A JSON Schema of the rules half, for editors; `check` says more and says it better."""
    condition: dict[str, object] = {"$ref": "#/$defs/condition"}
    triggers = _object(TRIGGER) | {"required": ["when", "then"]}
    properties = _properties(TRIGGER) | {
        "when": condition,
        "clears_when": condition,
        "only_if": condition,
        "then": _object(THEN),
    }
    triggers["properties"] = properties
    return {
        "$schema": SCHEMA,
        "type": "object",
        "properties": {
            "statuses": _each(_asking(STATUS)),
            "status_from": {"anyOf": [{"enum": ["bands", "declared"]}, _object(STATUS_FROM)]},
            "compare_by": {"anyOf": [{"enum": COMPARE["use"].takes.split(" | ")}, _object(COMPARE)]},
            "bands": {"anyOf": [{"const": "to_be_agreed"}, {"type": "array", "items": _asking(BAND)}]},
            "across_breaks": {"anyOf": [{"enum": list(ACROSS)}, _object(BREAKS)]},
            "indicator_fields": _each(_object(FIELD)),
            "reported_as": {"type": "array", "items": {"type": "string"}},
            "triggers": _each(triggers),
        },
        "$defs": {"condition": _condition()},
    }


def _asking(keys: Keys) -> dict[str, object]:
    """A block that may have a condition of its own."""
    shape = _object(keys)
    return shape | {"properties": _properties(keys) | {"when": {"$ref": "#/$defs/condition"}}}


def _condition() -> dict[str, object]:
    """One key of the registry with those beside it; joined kinds hold conditions again."""
    again: dict[str, object] = {"$ref": "#/$defs/condition"}
    properties: dict[str, object] = {"otherwise": {"type": "string"}}
    for kind in REGISTRY.values():
        properties |= _properties(kind.keys)
        for name in kind.keys:
            if kind.inner:
                short = [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
                inner = _object(kind.inner)
                properties[name] = {"anyOf": [inner, *short]} if name == "direction" else inner
    properties |= {
        "any": {"type": "array", "items": again},
        "all": {"type": "array", "items": again},
        "not": again,
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _each(item: dict[str, object]) -> dict[str, object]:
    return {"type": "object", "additionalProperties": item}


def _object(keys: Keys) -> dict[str, object]:
    needed = [name for name, key in keys.items() if key.needed]
    shape: dict[str, object] = {
        "type": "object",
        "properties": _properties(keys),
        "additionalProperties": False,
    }
    return shape | {"required": needed} if needed else shape


def _properties(keys: Keys) -> dict[str, object]:
    return {name: _value(key) | {"description": key.about} for name, key in keys.items()}


def _value(key: Key) -> dict[str, object]:
    """The shape of one value. Numbers and yes or no may be written bare or quoted."""
    match key.takes:
        case "text":
            return {"type": ["string", "number", "boolean"]}
        case "number":
            return {"type": ["number", "string"]}
        case "yes or no":
            return {"enum": ["yes", "no", True, False]}
        case "list":
            return {"type": ["array", "string", "boolean"]}
        case "block":
            return {"type": ["object", "string"]}
        case words:
            return {"enum": words.split(" | ")}
