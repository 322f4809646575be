"""One intervention in full: every move with its day, person and words, its deadlines, and what was added to it."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.handle import Engine
from engine.queries.intervention_deadlines import DeadlineLine, deadline_lines
from engine.queries.intervention_moves import FieldLine, MoveLine, Teller, own_facts
from engine.queries.interventions import InterventionLine, interventions
from engine.queries.moves import Move, moves
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.references import InterventionRef
from engine.queries.sentences import fetch_texts
from engine.surroundings import Surroundings
from events.errors import NotFound

__all__ = ["DeadlineLine", "FieldLine", "InterventionStory", "MoveLine", "intervention"]


class InterventionStory(msgspec.Struct, frozen=True, kw_only=True):
    """One intervention from its beginning."""

    line: InterventionLine
    moves: tuple[MoveLine, ...]
    """Oldest first."""
    deadlines: tuple[DeadlineLine, ...]
    evidence: tuple[MoveLine, ...]
    possible: tuple[Move, ...]
    """What can be done now, and by whom; ids, not names."""


def intervention(
    engine: Engine, ref: InterventionRef, today: date, *, names: Names, at: int | None = None
) -> InterventionStory:
    """The story of one intervention. Raises NotFound GT-USE-102."""
    reader = Reader(engine, at)
    found = [
        line
        for line in interventions(
            engine, today, ended=None, indicator=ref.indicator, service=ref.service, at=at
        )
        if line.ordinal == ref.ordinal
    ]
    if not found:
        raise NotFound.of(
            "GT-USE-102", f"There is no intervention '{ref}'.", "See 'goldenthread intervention list'."
        )
    instance = reader.work.interventions(ref.indicator, ref.service).instances[ref.ordinal]
    pack, definition = reader.shelf.for_instance(reader.framework, instance)
    period = instance.fields.get("period")
    facts = Surroundings(
        reader.work,
        reader.shelf,
        pack,
        (ref.indicator, ref.service),
        today,
        since=period if isinstance(period, str) else None,
    )
    own = own_facts(reader, ref)
    fetch_texts(own, names)
    told = tuple(Teller(definition, pack.organisation, names).tell(own))
    return InterventionStory(
        line=found[0],
        moves=tuple(line for line in told if line.step != "evidence"),
        deadlines=deadline_lines(own, definition, found[0].body),
        evidence=tuple(line for line in told if line.step == "evidence"),
        possible=() if found[0].ended_on else moves(definition, instance, ref.ordinal, facts, today),
    )
