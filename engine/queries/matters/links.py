"""Matters that ask for one another, as each shows the other: what was asked for, and where it stands."""

from __future__ import annotations

import msgspec

from engine.queries.matters.state_labels import state_label
from engine.queries.reader import Reader
from engine.states.matters import Matters
from events import stream as streams


class LinkLine(msgspec.Struct, frozen=True, kw_only=True):
    """Another matter, linked with this one by an item of the menu."""

    item: str
    """The item's number."""
    matter: str
    """As 'matter show' takes it."""
    asked: bool
    """The other one asks for this; false where this one asks for it."""
    label: str
    """Where the other one stands, as people read it."""

    @property
    def sentence(self) -> str:
        """In words."""
        begun = f"asked for by item {self.item} of" if self.asked else f"item {self.item} is dealt with in"
        return f"{begun} {self.matter}: {self.label}"


def link_lines(reader: Reader, held: Matters, subject: str) -> tuple[LinkLine, ...]:
    """The matters that one is linked with, in the order in which they were."""
    return tuple(
        LinkLine(
            item=link.item,
            matter=streams.matter_ref(link.other),
            asked=link.asked,
            label=_stands(reader, link.other),
        )
        for link in held.linked(subject)
    )


def _stands(reader: Reader, cited: str) -> str:
    stream, _, subject = cited.rpartition("#")
    workflow = streams.workflow_of(stream) or ""
    instance = reader.work.matters(workflow, *streams.series_of(stream)).instances[subject]
    _, definition = reader.shelf.for_instance(reader.framework, instance)
    return state_label(definition, instance.state, instance.body or "")
