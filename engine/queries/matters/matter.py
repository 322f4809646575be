"""One matter in full: every move with its day, person and words, its deadlines, and what was added to it."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.handle import Engine
from engine.queries.matters.items import ItemLine, item_lines
from engine.queries.matters.lacking import outstanding_lines
from engine.queries.matters.links import LinkLine, link_lines
from engine.queries.matters.matter_deadlines import DeadlineLine, deadline_lines
from engine.queries.matters.matter_moves import FieldLine, MoveLine, Teller, own_facts
from engine.queries.matters.matters import MatterLine, matters
from engine.queries.matters.moves import Move, moves
from engine.queries.matters.target_compared import TargetCompared, target_compared
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.references import MatterRef
from engine.queries.sentences import fetch_texts
from engine.surroundings import Surroundings, services_in
from events.errors import NotFound

__all__ = ["DeadlineLine", "FieldLine", "ItemLine", "LinkLine", "MatterStory", "MoveLine", "matter"]


class MatterStory(msgspec.Struct, frozen=True, kw_only=True):
    """One matter from its beginning."""

    line: MatterLine
    moves: tuple[MoveLine, ...]
    """Oldest first."""
    deadlines: tuple[DeadlineLine, ...]
    evidence: tuple[MoveLine, ...]
    items: tuple[ItemLine, ...]
    """What was asked for within it, done or not."""
    target: TargetCompared | None = None
    """For a matter about a target: old and new side by side."""
    links: tuple[LinkLine, ...] = ()
    """The matters that it asks for, and that ask for it."""
    outstanding: tuple[str, ...] = ()
    """What it brings together from every service, and does not have: a line each, with who owes it."""
    possible: tuple[Move, ...]
    """What can be done now, and by whom; ids, not names."""


def matter(
    engine: Engine, ref: MatterRef, today: date, *, names: Names, at: int | None = None
) -> MatterStory:
    """The story of one matter. Raises NotFound GT-USE-104."""
    reader = Reader(engine, at)
    where = {"workflow": ref.workflow, "indicator": ref.indicator or None, "service": ref.service or None}
    lines = matters(engine, today, ended=None, at=at, **where)
    line = next((line for line in lines if line.ordinal == ref.ordinal), None)
    if line is None:
        raise NotFound.of(
            "GT-USE-104", f"There is no matter '{ref}'.", "See 'goldenthread matter list --all'."
        )
    held = reader.work.matters(ref.workflow, ref.indicator, ref.service)
    instance = held.instances[ref.ordinal]
    pack, definition = reader.shelf.for_instance(reader.framework, instance)
    period = instance.fields.get("period")
    facts = Surroundings(
        reader.work,
        reader.shelf,
        pack,
        (ref.indicator, ref.service),
        today,
        since=period if isinstance(period, str) else None,
        services=services_in(instance.fields),
    )
    own = own_facts(reader, ref)
    fetch_texts(own, names)
    told = tuple(Teller(definition, pack.organisation, names).tell(own))
    return MatterStory(
        line=line,
        moves=tuple(line for line in told if line.step != "evidence"),
        deadlines=deadline_lines(own, definition, line.body, facts.calendar),
        evidence=tuple(line for line in told if line.step == "evidence"),
        items=item_lines(definition, instance, pack.organisation, today),
        target=target_compared(reader, ref, definition, instance),
        links=link_lines(reader, held, ref.ordinal),
        outstanding=() if line.ended_on else outstanding_lines(definition, instance, facts, names),
        possible=() if line.ended_on else moves(definition, instance, ref.ordinal, facts, today),
    )
