"""What began a matter that neither a trigger nor a person began: an adoption, another matter, an event of a figure."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from engine.queries.matters.numbering import Key, begun
from engine.queries.reader import Reader
from engine.states.people import SYSTEM
from events import stream as streams
from events.fact import Fact
from events.kinds.framework import PackAdopted
from events.kinds.workflow import StepTaken
from events.schema import Event


class Cause(NamedTuple):
    """What a matter began because of, in words that follow "because of"."""

    words: str
    position: int | None = None
    """The event that led to it."""


def numbers_and_causes(reader: Reader) -> tuple[dict[Key, str], dict[Key, Cause]]:
    """Every matter → its number; and those that began by themselves, without a trigger → because of what."""
    numbers: dict[Key, str] = {}
    by_itself: dict[Key, Fact[Event]] = {}
    for key, number, fact in begun(reader):
        numbers[key] = number
        if fact.actor == SYSTEM and isinstance(fact.event, StepTaken) and "trigger" not in fact.event.fields:
            by_itself[key] = fact
    led = _cited(reader, {fact.caused_by for fact in by_itself.values() if fact.caused_by})
    return numbers, {key: _cause(led.get(fact.caused_by or "")) for key, fact in by_itself.items()}


def _cited(reader: Reader, refs: Collection[str]) -> dict[str, Fact[Event]]:
    """Facts by how others cite them."""
    names = {ref.rpartition("@")[0] for ref in refs}
    found = reader.store.streams(dict.fromkeys(names, 0)) if names else {}
    return {fact.ref: fact for facts in found.values() for fact in facts if fact.ref in refs}


def _cause(fact: Fact[Event] | None) -> Cause:
    if fact is None:
        return Cause("what the pack asks for by itself")
    event = fact.event
    if isinstance(event, PackAdopted):
        return Cause(f"the adoption of {event.pack} {event.version}", fact.position)
    if streams.workflow_of(fact.stream) is not None:
        move = getattr(event, "move", event)
        subject = str(getattr(move, "subject", ""))
        return Cause(streams.matter_words(streams.cite_matter(fact.stream, subject)), fact.position)
    return Cause(f"event {fact.position}", fact.position)
