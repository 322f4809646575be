"""One intervention in full: every move with its day, person and words, its deadlines, and what was added to it."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.handle import Engine
from engine.queries.interventions import InterventionLine, interventions
from engine.queries.moves import Move, moves
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.references import InterventionRef
from engine.queries.state_labels import deadline_label, state_label, step_label
from engine.surroundings import Surroundings
from events import stream as streams
from events.errors import NotFound
from events.fact import Fact
from events.instant import Instant
from events.kinds.workflow import (
    CauseWithdrawn,
    DeadlinePassed,
    DeadlineSet,
    EvidenceAdded,
    FieldValue,
    ReminderSent,
    StepTaken,
)
from events.schema import Event
from workflows.definition import Definition


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


class DeadlineLine(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline of the matter, each time it was set."""

    name: str
    label: str
    n: int
    last_day: date
    original: date | None
    counted_from: date
    rule: str
    state: str
    """``open``, ``passed``, ``met`` or ``replaced``."""
    position: int
    """The event that set it."""
    working_days_late: int | None = None
    """How late its passing was recorded."""


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
    names.fetch(value for fact in own for value in _values(fact.event))
    told = tuple(_told(fact, definition, names) for fact in own)
    return InterventionStory(
        line=found[0],
        moves=tuple(line for line in told if line.step != "evidence"),
        deadlines=deadline_lines(own, definition, found[0].body),
        evidence=tuple(line for line in told if line.step == "evidence"),
        possible=() if found[0].ended_on else moves(definition, instance, ref.ordinal, facts, today),
    )


def own_facts(reader: Reader, ref: InterventionRef) -> list[Fact[Event]]:
    """The facts of one intervention, oldest first."""
    stream = streams.interventions(ref.indicator, ref.service)
    return [fact for fact in reader.facts_of(stream) if _subject(fact.event) == ref.ordinal]


def deadline_lines(
    facts: list[Fact[Event]], definition: Definition | None, body: str
) -> tuple[DeadlineLine, ...]:
    """Every setting of every deadline, oldest first, and what became of it."""
    lines: dict[tuple[str, int], DeadlineLine] = {}
    for fact in facts:
        event = fact.event
        if isinstance(event, DeadlinePassed):
            _close(lines, event.name, "passed", event.working_days_late)
            sets, clears = event.sets, event.clears
        elif isinstance(event, StepTaken):
            sets, clears = event.move.sets, event.move.clears
        else:
            continue
        for name in clears:
            _close(lines, name, "met")
        for each in sets:
            _close(lines, each.name, "replaced")
            lines[each.name, each.n] = _set(each, definition, body, fact.position)
    return tuple(lines.values())


def _close(
    lines: dict[tuple[str, int], DeadlineLine], name: str, state: str, late: int | None = None
) -> None:
    for key, line in lines.items():
        if key[0] == name and line.state == "open":
            lines[key] = msgspec.structs.replace(line, state=state, working_days_late=late)


def _set(each: DeadlineSet, definition: Definition | None, body: str, position: int) -> DeadlineLine:
    return DeadlineLine(
        name=each.name,
        label=deadline_label(definition, each.name, body),
        n=each.n,
        last_day=each.last_day,
        original=each.original,
        counted_from=each.counted_from,
        rule=each.rule,
        state="open",
        position=position,
    )


def _told(fact: Fact[Event], definition: Definition, names: Names) -> MoveLine:
    event = fact.event
    step, label, fields = "", "", dict[str, FieldValue]()
    source = target = ""
    body, late = None, None
    match event:
        case StepTaken(move=move):
            step, label, fields = move.step, step_label(definition, move.step), event.fields
            source = state_label(definition, move.source, "") if move.source else ""
            target = state_label(definition, move.target, "")
            body, late = move.on_behalf_of, move.late_days
        case DeadlinePassed():
            step, label = "deadline", event.words
        case ReminderSent():
            step, label = "reminder", f"Reminder {event.words}, to {', '.join(event.to)}"
        case EvidenceAdded():
            step, label = "evidence", f"Trigger {event.trigger} fired for {event.period} while this was open"
        case CauseWithdrawn():
            step, label = "cause withdrawn", f"The trigger {event.trigger} of {event.period} no longer holds"
        case _:
            label = fact.type
    return MoveLine(
        position=fact.position,
        recorded_at=fact.recorded_at,
        effective_on=fact.effective_on,
        step=step,
        label=label,
        person=names.person(fact.actor),
        on_behalf_of=body,
        source=source,
        target=target,
        fields=tuple(FieldLine(name, _value(value, names)) for name, value in fields.items()),
        late_days=late,
    )


def _value(value: FieldValue, names: Names) -> str:
    return names.text(value) if isinstance(value, str) else ", ".join(value)


def _values(event: Event) -> list[str]:
    fields = event.fields if isinstance(event, StepTaken) else {}
    return [value for value in fields.values() if isinstance(value, str)]


def _subject(event: Event) -> str | None:
    if isinstance(event, StepTaken):
        return event.move.subject
    if isinstance(event, DeadlinePassed | ReminderSent | EvidenceAdded | CauseWithdrawn):
        return event.subject
    return None
