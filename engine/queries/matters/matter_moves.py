"""What happened to a matter, move by move, in the pack's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from engine.queries.matters.state_labels import state_label, step_label
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.references import MatterRef
from engine.queries.shown import joined
from events import stream as streams
from events.fact import Fact
from events.instant import Instant
from events.kinds.workflow import (
    ApprovalGiven,
    ApprovalLapsed,
    CauseWithdrawn,
    DeadlinePassed,
    EvidenceAdded,
    FieldValue,
    MatterLinked,
    MatterTold,
    MinuteRecorded,
    ReminderSent,
    StepTaken,
)
from events.schema import Event
from workflows.definition import CATEGORY, Definition
from workflows.menu import numbers
from workflows.organisation import Organisation


class FieldLine(msgspec.Struct, frozen=True):
    """A field of a step, its text in full."""

    name: str
    value: str


class MoveLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to the matter."""

    position: int
    recorded_at: Instant
    effective_on: date
    step: str
    """The step taken; ``deadline``, ``reminder``, ``evidence`` or ``cause withdrawn`` for what came by itself."""
    label: str
    person: str
    """By name."""
    on_behalf_of: str | None = None
    source: str = ""
    target: str = ""
    """States as people read them."""
    fields: tuple[FieldLine, ...] = ()
    late_days: int | None = None


_OF_A_MATTER = (
    DeadlinePassed
    | ReminderSent
    | EvidenceAdded
    | CauseWithdrawn
    | ApprovalGiven
    | ApprovalLapsed
    | MinuteRecorded
    | MatterLinked
    | MatterTold
)


def own_facts(reader: Reader, ref: MatterRef) -> list[Fact[Event]]:
    """The facts of one matter, oldest first."""
    stream = streams.matters(ref.workflow, ref.indicator, ref.service)
    return [fact for fact in reader.facts_of(stream) if _subject(fact.event) == ref.ordinal]


class Teller:
    """Tells the facts of one matter in their order, remembering the body that it is with."""

    def __init__(self, definition: Definition, organisation: Organisation, names: Names) -> None:
        self._definition = definition
        self._organisation = organisation
        self._names = names
        self._body = ""

    def tell(self, facts: Iterable[Fact[Event]]) -> Iterator[MoveLine]:
        """One line a fact."""
        for fact in facts:
            if isinstance(fact.event, StepTaken):
                yield self._step(fact, fact.event)
            else:
                step, label = self._by_itself(fact.event)
                yield MoveLine(
                    position=fact.position,
                    recorded_at=fact.recorded_at,
                    effective_on=fact.effective_on,
                    step=step,
                    label=label or fact.type,
                    person=self._names.acted(fact.actor, getattr(fact.event, "acting_for", None)),
                    on_behalf_of=getattr(fact.event, "on_behalf_of", None),
                    fields=self._fields(fact.event.fields) if isinstance(fact.event, ApprovalGiven) else (),
                )

    def _step(self, fact: Fact[Event], event: StepTaken) -> MoveLine:
        move, fields, definition = event.move, event.fields, self._definition
        source = state_label(definition, move.source, self._body) if move.source else ""
        now_with = fields.get("rung") or fields.get("refer_to")
        self._body = now_with if isinstance(now_with, str) else self._body
        return MoveLine(
            position=fact.position,
            recorded_at=fact.recorded_at,
            effective_on=fact.effective_on,
            step=move.step,
            label=step_label(definition, move.step),
            person=self._names.acted(fact.actor, move.acting_for),
            on_behalf_of=move.on_behalf_of,
            source=source,
            target=state_label(definition, move.target, self._body),
            fields=self._fields(fields),
            late_days=move.late_days,
        )

    def _by_itself(self, event: Event) -> tuple[str, str]:
        match event:
            case DeadlinePassed():
                return "deadline", event.words
            case ReminderSent():
                who = joined((self._organisation.label(name) for name in event.to), "and")
                return "reminder", f"Reminder, {event.words}, to {who}"
            case EvidenceAdded():
                return "evidence", f"Trigger {event.trigger} fired for {event.period} while this was open"
            case CauseWithdrawn():
                return "cause withdrawn", f"The trigger {event.trigger} of {event.period} no longer holds"
            case ApprovalGiven():
                said = f" ({event.number} of {event.quorum})"
                return "approval", f"{step_label(self._definition, event.step)}: approved{said}"
            case ApprovalLapsed():
                who = joined(self._names.people(event.persons), "and")
                label = step_label(self._definition, event.step)
                return "lapsed", f"{label}: no longer approved by {who}, because it has changed"
            case MatterLinked():
                other = streams.matter_words(event.other)
                return "link", f"Item {event.item} of {other} asks for this" if event.asked else (
                    f"Item {event.item} is dealt with in {other}"
                )
            case MatterTold():
                return "told", event.words.rstrip(".")
            case MinuteRecorded():
                return "minute", f"Minute of {event.body}: {self._names.text(event.minute)}"
            case _:
                return "", ""

    def _fields(self, fields: dict[str, FieldValue]) -> tuple[FieldLine, ...]:
        return tuple(FieldLine(name, self._value(name, value)) for name, value in fields.items())

    def _value(self, name: str, value: FieldValue) -> str:
        if name == CATEGORY and isinstance(value, str):
            return category_words(self._organisation, value)
        if name == "menu":
            return joined(menu_words(self._organisation, value), "and")
        return self._names.text(value) if isinstance(value, str) else ", ".join(value)


def category_words(organisation: Organisation, name: str) -> str:
    """A report-back category with its time: ``category 4 (1 month)``."""
    category = organisation.intervention.report_back.get(name)
    label = (category.label if category else "") or name.replace("_", " ")
    return f"{label} ({category.within})" if category else label


def menu_words(organisation: Organisation, value: FieldValue | None) -> list[str]:
    """Items of the menu with their names: ``5 Strategic action plan``."""
    menu = organisation.intervention.menu
    return [f"{number} {menu[number].name}" if number in menu else number for number in numbers(value)]


def _subject(event: Event) -> str | None:
    if isinstance(event, StepTaken):
        return event.move.subject
    if isinstance(event, _OF_A_MATTER):
        return event.subject
    return None
