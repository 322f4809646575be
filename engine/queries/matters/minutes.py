"""Decisions of bodies and the minutes in which they stand."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.handle import Engine
from engine.queries.matters.numbering import key_of, numbered
from engine.queries.matters.state_labels import step_label
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.states.matters import MINUTE
from engine.views import MATTERS
from events import stream as streams
from events.kinds.workflow import MinuteRecorded, StepTaken


class MinuteLine(msgspec.Struct, frozen=True, kw_only=True):
    """A decision of a body."""

    matter: str
    about: str
    body: str
    step: str
    label: str
    met_on: date
    """The day of the meeting, from which the decision is effective."""
    through: str
    """Whoever acted for the body, by name."""
    position: int
    """The event of the decision."""
    minute: str | None
    """Its reference in the body's minutes; None while it is not known."""


def minutes(
    engine: Engine, *, body: str | None = None, everything: bool = False, names: Names, at: int | None = None
) -> list[MinuteLine]:
    """Decisions without a minute, the oldest meeting first; with `everything` those with one too."""
    reader = Reader(engine, at)
    keys = [key_of(row) for row in reader.rows(MATTERS)]
    numbers = numbered(reader)
    reader.work.fetch({streams.matters(*key[:3]) for key in keys})
    found: list[MinuteLine] = []
    for key in keys:
        held = reader.work.matters(*key[:3])
        wanted = {
            each.ref: each
            for each in held.bodies
            if each.subject == key[3] and body in (None, each.body) and (everything or not each.minuted)
        }
        if not wanted:
            continue
        facts = reader.facts_of(streams.matters(*key[:3]))
        known = {
            fact.event.decision: fact.event.minute for fact in facts if isinstance(fact.event, MinuteRecorded)
        }
        _, definition = reader.shelf.for_instance(reader.framework, held.instances[key[3]])
        for fact in facts:
            if fact.ref not in wanted or not isinstance(fact.event, StepTaken):
                continue
            made = wanted[fact.ref]
            ref = known.get(fact.ref) or fact.event.fields.get(MINUTE)
            found.append(
                MinuteLine(
                    matter=numbers.get(key, ""),
                    about="/".join(filter(None, key[1:3])) or "the council",
                    body=made.body,
                    step=made.step,
                    label=step_label(definition, made.step),
                    met_on=made.on,
                    through=names.acted(fact.actor, fact.event.move.acting_for),
                    position=fact.position,
                    minute=names.text(ref) if isinstance(ref, str) else None,
                )
            )
    return sorted(found, key=lambda line: (line.met_on, line.position))
