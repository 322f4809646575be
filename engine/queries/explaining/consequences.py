"""What a trigger led to: the matters it began or was added to, and what was asked for."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from engine.deciders.subjects import thing
from engine.matters.following import WITHIN
from engine.queries.explaining.explanation import ExplainedLine
from engine.queries.matters.matter_moves import category_words, menu_words
from engine.queries.matters.numbering import numbers_of
from engine.queries.matters.state_labels import deadline_label, state_label
from engine.queries.reader import Reader
from engine.queries.references import FigureRef
from engine.queries.shown import day_shown, joined
from events import stream as streams
from events.fact import Fact
from events.kinds.statuses import TriggerFired
from events.kinds.workflow import EvidenceAdded, StepTaken
from events.schema import Event
from workflows.definition import CATEGORY
from workflows.instance import Instance


class Led(msgspec.Struct, frozen=True, kw_only=True):
    """A firing and a matter that came of it."""

    id: str
    began: bool
    """False where the matter was open already and the firing was added to it."""
    instance: Instance


def led_to(reader: Reader, ref: FigureRef, fired: Fact[Event]) -> list[Led]:
    """The matters of a firing: what it began and what it was added to; none where nothing came of it."""
    event = fired.event
    if not isinstance(event, TriggerFired):
        return []
    found: list[Led] = []
    for workflow in filter(None, (event.start, (event.require or "").partition(WITHIN)[0])):
        found += _led_to(reader, workflow, ref, fired.ref)
    return found


def followed_words(led: Led) -> str:
    """``→ intervention INT-0042``, ``→ decision-0007``, or what it was added to."""
    name = f"intervention {led.id}" if led.instance.workflow == streams.INTERVENTION else led.id
    return f"→ {name}" if led.began else f"added to {name} as evidence"


def _led_to(reader: Reader, workflow: str, ref: FigureRef, fired_at: str) -> Iterator[Led]:
    for place in places(reader, workflow, ref.indicator, ref.service):
        for fact in reader.facts_of(streams.matters(workflow, *place)):
            event = fact.event
            if isinstance(event, StepTaken) and not event.move.source and fact.caused_by == fired_at:
                subject, began = event.move.subject, True
            elif isinstance(event, EvidenceAdded) and event.caused_by == fired_at:
                subject, began = event.subject, False
            else:
                continue
            key = (workflow, *place, subject)
            number = numbers_of(reader, [key]).get(key, f"#{subject}")
            instance = reader.work.matters(workflow, *place).instances[subject]
            yield Led(id=number, began=began, instance=instance)


def places(reader: Reader, workflow: str, indicator: str, service: str) -> list[tuple[str, str]]:
    """What the matters of a workflow that a series leads to may be about, in any adopted pack."""
    packs = [reader.shelf.pack(adopted.digest) for adopted in reader.framework.adopted]
    kinds = {pack.workflows[workflow].about for pack in packs if workflow in pack.workflows}
    return [thing(about, indicator, service) for about in sorted(kinds)]


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
