"""What a trigger led to: the intervention it began or was added to, and what the body asked for."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from engine.queries.explanation import ExplainedLine
from engine.queries.intervention_moves import category_words, menu_words
from engine.queries.reader import Reader
from engine.queries.references import FigureRef, numbered
from engine.queries.shown import day_shown, joined
from engine.queries.state_labels import deadline_label, state_label
from events import stream as streams
from events.kinds.workflow import EvidenceAdded, InterventionProposed
from workflows.definition import CATEGORY
from workflows.instance import Instance


class Led(msgspec.Struct, frozen=True, kw_only=True):
    """A firing and the intervention that came of it."""

    id: str
    began: bool
    """False where the intervention was open already and the firing was added to it."""
    instance: Instance


def led_to(reader: Reader, ref: FigureRef, fired_at: str) -> Led | None:
    """The intervention of a firing, cited as ``stream@version``; None where nothing came of it."""
    for fact in reader.facts_of(streams.interventions(ref.indicator, ref.service)):
        event = fact.event
        if isinstance(event, InterventionProposed) and fact.caused_by == fired_at:
            subject, began = event.move.subject, True
        elif isinstance(event, EvidenceAdded) and event.caused_by == fired_at:
            subject, began = event.subject, False
        else:
            continue
        number = numbered(reader).get((ref.indicator, ref.service, subject), f"#{subject}")
        instance = reader.work.interventions(ref.indicator, ref.service).instances[subject]
        return Led(id=number, began=began, instance=instance)
    return None


def asked_for(reader: Reader, led: Led) -> Iterator[ExplainedLine]:
    """What the body answered and what is owed next; nothing more than the state where it has not answered."""
    pack, definition = reader.shelf.for_instance(reader.framework, led.instance)
    instance, body = led.instance, led.instance.body or ""
    category = instance.fields.get(CATEGORY)
    items = menu_words(pack.organisation, instance.fields.get("menu"))
    due = min(instance.open.values(), key=lambda each: each.due_at, default=None)
    owed = f"→ {deadline_label(definition, due.name, body)} by {day_shown(due.last_day)}" if due else ""
    what = f"{led.id}: {state_label(definition, instance.state, body)}"
    if isinstance(category, str):
        what += f"; {category_words(pack.organisation, category)}"
    rule = f"menu {joined(items, 'and')}" if items else ""
    yield ExplainedLine(kind="intervention", what=what, rule=rule, where=owed)
