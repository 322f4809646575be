"""Which fields a step of a matter takes, and of which types: asked of the definition that governs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.office import Office
    from engine.packs.pack import Pack
    from engine.queries.references import MatterRef
    from events.kinds.workflow import FieldValue
    from events.text import Text
    from workflows.definition import Definition


def read_fields(
    office: Office, step: str, ref: MatterRef, said: Mapping[str, Any]
) -> tuple[dict[str, FieldValue], list[Text]]:
    """Every field with its value, and people's own words as the texts that they refer to."""
    types = field_types(office, step, ref)
    fields: dict[str, FieldValue] = {}
    texts: list[Text] = []
    for name, value in said.items():
        if types.get(name) == "text":
            text = office.text(value)
            texts.append(text)
            fields[name] = text.ref
        elif types.get(name) in ("menu_items", "names"):
            listed = [value] if isinstance(value, str) else value
            fields[name] = tuple(each.strip() for word in listed for each in word.split(","))
        else:
            fields[name] = value
    return fields, texts


def field_types(office: Office, step: str, ref: MatterRef) -> Mapping[str, str]:
    """Field → type; empty where there is no such step, which the engine then says better."""
    from workflows.fields import types_of

    found = governing(office, ref)
    if found is None:
        return {}
    pack, definition = found
    try:
        return types_of(definition, step, pack.organisation)
    except KeyError:
        return {}


def governing(office: Office, ref: MatterRef) -> tuple[Pack, Definition] | None:
    """The pack and definition of a matter, or those a new one would begin under."""
    from engine.queries.reader import Reader

    reader = Reader(office.engine)
    instance = reader.work.matters(ref.workflow, ref.indicator, ref.service).instances.get(ref.ordinal)
    if instance is not None:
        return reader.shelf.for_instance(reader.framework, instance)
    pack = reader.pack_on(office.today())
    definition = pack.workflows.get(ref.workflow) if pack else None
    return (pack, definition) if pack and definition else None
