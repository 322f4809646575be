"""One matter asks for another: an item of the menu begins a matter of its own, and each is told what became of the other.

The item is done when that matter is where the pack says it is (`done_at`), or at its end. When one of the two is over
the other is told, and goes on: what that means for it, whoever has it decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands import Step
from engine.context import Context
from engine.deciders.steps import take_as_system
from engine.deciders.subjects import thing
from engine.matters.open import held_about, required
from engine.notices import of_link
from engine.packs.pack import Pack
from engine.states.matters import Matters
from engine.states.people import SYSTEM
from events import stream as streams
from events.fact import Fact
from events.kinds.workflow import FieldValue, InterventionAgreed, MatterLinked, MatterTold, StepTaken
from events.schema import Event
from workflows.definition import PROPOSE, Definition
from workflows.effects import ITEM_DONE
from workflows.instance import Instance
from workflows.machine import legal_moves
from workflows.menu import numbers
from workflows.organisation import MenuItem


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One of two matters that are linked."""

    workflow: str
    place: tuple[str, str]
    subject: str

    @property
    def stream(self) -> str:
        """Where it stands."""
        return streams.matters(self.workflow, *self.place)

    @property
    def cited(self) -> str:
        """How the other one cites it."""
        return streams.cite_matter(self.stream, self.subject)

    @property
    def words(self) -> str:
        """As people name it: ``intervention CH04/childrens#1``."""
        return streams.matter_words(self.cited)


def ask(context: Context, fact: Fact[InterventionAgreed]) -> list[Fact[Event]]:
    """Each chosen item that begins a matter of its own begins it, or is joined to the one that is open already."""
    here = _end(fact)
    pack, _ = _governing(context, here)
    recorded: list[Fact[Event]] = []
    for number in numbers(fact.event.fields.get("menu")):
        item = pack.organisation.intervention.menu.get(number)
        if item is not None and item.begins is not None:
            recorded += _ask_for(context, fact, here, item)
    return recorded


def tell(context: Context, fact: Fact[StepTaken]) -> list[Fact[Event]]:
    """The matters that are linked with this one are told where it stands now, where that means something to them."""
    move = fact.event.move
    if move.source == move.target or streams.workflow_of(fact.stream) is None:
        return []
    here = _end(fact)
    recorded: list[Fact[Event]] = []
    for link in _matters(context, here).linked(here.subject):
        other = _other(link)
        if other.subject in _matters(context, other).ended:
            continue
        done = _say_done(context, fact, other, link) if link.asked else []
        recorded += done or (_told(context, fact, other, link) if move.ends else [])
    return recorded


def _ask_for(
    context: Context, fact: Fact[InterventionAgreed], here: End, item: MenuItem
) -> list[Fact[Event]]:
    assert item.begins is not None
    number, pack = str(item.number), context.shelf.in_force(context.work.framework(), context.effective_on)
    definition = pack.workflows.get(item.begins) if pack else None
    place = thing(definition.about, *here.place) if definition else here.place
    held = held_about(context, item.begins, place)
    recorded: list[Fact[Event]] = []
    if held is None:
        fields = _begun_with(context, here, item, definition)
        step = Step(
            workflow=item.begins,
            indicator=place[0],
            service=place[1],
            subject="",
            step=PROPOSE,
            fields=fields,
        )
        begun = required(context, step, fact)
        if begun is None:
            return []
        recorded.append(begun)
    subject = held.subject if held else str(_matters_of(context, item.begins, place).latest)
    there = End(workflow=item.begins, place=place, subject=subject)
    for end, other, asked in ((here, there, False), (there, here, True)):
        link = MatterLinked(subject=end.subject, item=number, other=other.cited, asked=asked)
        if link not in _matters(context, end).links:
            recorded.append(context.work.record(end.stream, link, caused_by=fact.ref, actor=SYSTEM))
    return recorded


def _begun_with(
    context: Context, here: End, item: MenuItem, definition: Definition | None
) -> dict[str, FieldValue]:
    """What a matter that is asked for is begun with, as far as it takes it."""
    instance = _instance(context, here)
    given: dict[str, FieldValue] = {
        name: instance.fields[name] for name in ("trigger", "period") if name in instance.fields
    }
    given["reason"] = f"Item {item.number} of the menu, {item.name}, was chosen in {here.words}."
    if instance.body is not None:
        given["refer_to"] = instance.body
    takes = {**definition.start.needs, **definition.start.may} if definition else {}
    return {name: value for name, value in given.items() if name in takes}


def _say_done(context: Context, fact: Fact[StepTaken], asking: End, link: MatterLinked) -> list[Fact[Event]]:
    """The item is done, where the matter it asked for stands where the pack says so and it is still owed."""
    pack, definition = _governing(context, asking)
    item, instance = pack.organisation.intervention.menu.get(link.item), _instance(context, asking)
    owed, move = instance.items.get(link.item), fact.event.move
    here = _end(fact)
    reached = item is not None and (move.target == item.done_at or (move.ends and item.done_at is None))
    if not reached or owed is None or owed.done_on is not None:
        return []
    step = next((each for each in legal_moves(definition, instance.state) if each.effect == ITEM_DONE), None)
    if step is None:
        return []
    said: dict[str, FieldValue] = {
        "item": link.item,
        "outcome": f"{here.words}: {_label(context, here, move.target)}",
    }
    taking = Step(
        workflow=asking.workflow,
        indicator=asking.place[0],
        service=asking.place[1],
        subject=asking.subject,
        step=step.name,
        fields={name: value for name, value in said.items() if name in {**step.needs, **step.may}},
    )
    taken, _ = take_as_system(context, taking, fact.ref)
    return [taken] if taken is not None else []


def _told(context: Context, fact: Fact[StepTaken], other: End, link: MatterLinked) -> list[Fact[Event]]:
    here, state = _end(fact), fact.event.move.target
    to = _instance(context, other).body or _instance(context, here).body or ""
    words = f"{here.words} is over: {_label(context, here, state)}."
    told = MatterTold(
        subject=other.subject, item=link.item, other=here.cited, state=state, words=words, to=to
    )
    recorded = context.work.record(other.stream, told, caused_by=fact.ref, actor=SYSTEM)
    for notice in of_link(recorded):  # type: ignore[arg-type]  # the fact of what was just recorded
        context.work.notify(notice)
    return [recorded]


def _label(context: Context, end: End, state: str) -> str:
    _, definition = _governing(context, end)
    label = definition.state(state).label
    return label.replace("{body}", _instance(context, end).body or "the body")


def _end(fact: Fact[StepTaken] | Fact[InterventionAgreed]) -> End:
    move = fact.event.move
    return End(workflow=move.workflow, place=streams.series_of(fact.stream), subject=move.subject)


def _other(link: MatterLinked) -> End:
    stream, _, subject = link.other.rpartition("#")
    return End(workflow=streams.workflow_of(stream) or "", place=streams.series_of(stream), subject=subject)


def _matters(context: Context, end: End) -> Matters:
    return _matters_of(context, end.workflow, end.place)


def _matters_of(context: Context, workflow: str, place: tuple[str, str]) -> Matters:
    return context.work.matters(workflow, *place)


def _instance(context: Context, end: End) -> Instance:
    return _matters(context, end).instances[end.subject]


def _governing(context: Context, end: End) -> tuple[Pack, Definition]:
    return context.shelf.for_instance(context.work.framework(), _instance(context, end))
