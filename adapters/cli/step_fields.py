"""Which fields a step of an intervention takes, and of which types: asked of the definition that governs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.office import Office
    from engine.packs.pack import Pack
    from engine.queries.references import MatterRef
    from workflows.definition import Definition


def field_types(office: Office, step: str, ref: MatterRef) -> Mapping[str, str]:
    """Field → type; empty where there is no such step, which the engine then says better."""
    from workflows.fields import types_of

    found = _governing(office, ref)
    if found is None:
        return {}
    pack, definition = found
    try:
        return types_of(definition, step, pack.organisation)
    except KeyError:
        return {}


def _governing(office: Office, ref: MatterRef) -> tuple[Pack, Definition] | None:
    """The pack and definition of an intervention, or those a new one would begin under."""
    from engine.deciders.subjects import INTERVENTION
    from engine.queries.reader import Reader

    reader = Reader(office.engine)
    instance = reader.work.interventions(ref.indicator, ref.service).instances.get(ref.ordinal)
    if instance is not None:
        return reader.shelf.for_instance(reader.framework, instance)
    pack = reader.pack_on(office.today())
    definition = pack.workflows.get(INTERVENTION) if pack else None
    return (pack, definition) if pack and definition else None
