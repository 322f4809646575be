"""What a trigger does to matters: it begins one or adds to it, opens it again, and lets it go when it holds no more.

A trigger names what it starts (`start`) and what somebody then owes (`require`); each is a workflow of the pack,
and one matter of each is open about one thing at a time. Which steps the product takes by itself, and upon what,
the definition says (`upon`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.commands import Step
from engine.context import Context
from engine.deciders.steps import take_as_system
from engine.deciders.subjects import thing
from engine.packs.pack import Pack
from engine.ports import Notice
from engine.states.matters import Matters
from events import stream as streams
from events.fact import Fact
from events.kinds.book import ReactionRefused
from events.kinds.statuses import StatusAssessed, TriggerCleared, TriggerFired, TriggerWithdrawn
from events.kinds.workflow import CauseWithdrawn, EvidenceAdded, FieldValue
from events.schema import Event
from workflows.definition import TIME_ALLOWED, Definition
from workflows.definition import Step as DefinedStep
from workflows.upon import CLEARED, WITHDRAWN, WORSENED, step_upon

WITHIN = " within "
"""Stands between what a trigger requires and the time it allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One workflow that a firing asks for, and what it gives it to begin with."""

    workflow: str
    fields: dict[str, FieldValue]
    refer_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The open matter of one workflow about the thing that a trigger is about."""

    stream: str
    place: tuple[str, str]
    matters: Matters
    subject: str
    definition: Definition

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.matters.instances[self.subject].state

    def step(self, name: str, fields: dict[str, FieldValue], defined: DefinedStep) -> Step:
        """A step of it for the product to take, with those of the fields that it takes."""
        known = {**defined.needs, **defined.may}
        return Step(
            workflow=self.matters.instances[self.subject].workflow,
            indicator=self.place[0],
            service=self.place[1],
            subject=self.subject,
            step=name,
            fields={field: value for field, value in fields.items() if field in known},
        )


def begin_or_add(context: Context, fact: Fact[TriggerFired]) -> list[Fact[Event]]:
    """Whatever a firing asks for is begun, or the firing is added to what is open already."""
    pack = context.shelf.in_force(context.work.framework(), context.effective_on)
    recorded: list[Fact[Event]] = []
    for asked in _asked(fact.event, pack):
        place = thing(_about(pack, asked.workflow), *streams.series_of(fact.stream))
        held = _held(context, asked.workflow, place)
        recorded += _add(context, fact, asked, held) if held else _begin(context, fact, asked, place)
    return recorded


def let_go(context: Context, fact: Fact[TriggerWithdrawn] | Fact[TriggerCleared]) -> list[Fact[Event]]:
    """A matter with no trigger behind it any more is ended, where its workflow says so.

    Where it does not, an answered matter whose first cause was withdrawn runs on, and whoever has it decides.
    """
    happening = WITHDRAWN if isinstance(fact.event, TriggerWithdrawn) else CLEARED
    series = streams.series_of(fact.stream)
    latest = _latest(context, series)
    if latest is not None and latest.historic:
        return []
    recorded: list[Fact[Event]] = []
    for held in _concerned(context, series, fact.event.trigger):
        causes = held.matters.causes(held.subject)
        if latest is not None and any(_stands(latest, trigger) for trigger, _ in causes):
            continue
        defined = step_upon(held.definition, held.state, happening)
        if defined is not None:
            fields: dict[str, FieldValue] = {"trigger": fact.event.trigger, "period": fact.event.period}
            fields["reason"] = fact.event.reason
            taken = required(context, held.step(defined.name, fields, defined), fact)
            recorded += [taken] if taken else []
        elif happening == WITHDRAWN and held.matters.cause(held.subject) == _cause(fact):
            recorded.append(_told(context, held, fact))
    return recorded


def required(context: Context, step: Step, cause: Fact[Event]) -> Fact[Event] | None:
    """Take a step that must follow; where it is refused, that is a fact and a task, and the cause stands."""
    taken, reasons = take_as_system(context, step, cause.ref)
    if taken is None:
        context.work.record(
            cause.stream,
            ReactionRefused(
                workflow=step.workflow,
                subject=step.subject or f"{step.indicator}/{step.service}",
                step=step.step,
                caused_by=cause.ref,
                code=reasons[0].code,
                reasons=tuple(reason.sentence for reason in reasons),
            ),
            caused_by=cause.ref,
        )
    return taken


def _asked(fired: TriggerFired, pack: Pack | None) -> Iterator[Asked]:
    """What is started, then what is required; only the first is referred to a body.

    What is required is asked for where the pack in force has a workflow of that name; `check` demands one.
    """
    fields: dict[str, FieldValue] = {"trigger": fired.trigger, "period": fired.period}
    if fired.start is not None:
        referred: dict[str, FieldValue] = {"refer_to": fired.refer_to} if fired.refer_to else {}
        yield Asked(workflow=fired.start, fields={**fields, **referred}, refer_to=fired.refer_to)
    owed, _, within = (fired.require or "").partition(WITHIN)
    definition = pack.workflows.get(owed) if pack else None
    if definition is None:
        return
    if within:
        fields[TIME_ALLOWED] = within
    takes = {**definition.start.needs, **definition.start.may}
    refer_to = fired.refer_to if fired.start is None and "refer_to" in takes else None
    if refer_to is not None:
        fields["refer_to"] = refer_to
    yield Asked(
        workflow=owed,
        fields={name: value for name, value in fields.items() if name in takes},
        refer_to=refer_to,
    )


def _begin(
    context: Context, fact: Fact[TriggerFired], asked: Asked, place: tuple[str, str]
) -> list[Fact[Event]]:
    step = Step(
        workflow=asked.workflow,
        indicator=place[0],
        service=place[1],
        subject="",
        step="propose",
        fields=asked.fields,
    )
    begun = required(context, step, fact)
    if begun is None:
        return []
    if asked.refer_to is not None:
        _notify(context, fact, asked.refer_to, "referred")
    return [begun]


def _add(context: Context, fact: Fact[TriggerFired], asked: Asked, held: Held) -> list[Fact[Event]]:
    """The firing is evidence; at a worse status than when somebody last decided, it opens the matter again."""
    fired = fact.event
    added = context.work.record(
        held.stream,
        EvidenceAdded(subject=held.subject, trigger=fired.trigger, period=fired.period, caused_by=fact.ref),
        caused_by=fact.ref,
    )
    if asked.refer_to is not None:
        _notify(context, fact, asked.refer_to, "evidence")
    recorded: list[Fact[Event]] = [added]
    defined = step_upon(held.definition, held.state, WORSENED)
    if defined is not None and _worsened(context, fact, held):
        given: dict[str, FieldValue] = {**asked.fields, "reason": fired.reason}
        again = required(context, held.step(defined.name, given, defined), fact)
        recorded += [again] if again else []
    return recorded


def _worsened(context: Context, fact: Fact[TriggerFired], held: Held) -> bool:
    """Whether the status is worse than the one that was decided on, or than that of the period before."""
    fired, periods = fact.event, context.work.series(*streams.series_of(fact.stream)).periods
    decided_on = held.matters.decided.get(held.subject)
    now = periods[fired.period].assessed if fired.period in periods else None
    if now is None or decided_on is None or decided_on >= fired.period:
        return False
    known = {
        status.id: status.rank for status in context.shelf.pack(fired.pack).rules.statuses if status.judged
    }
    then = periods[decided_on].assessed if decided_on in periods else None
    before = [known[word] for word in (then and then.status, now.previous) if word in known]
    return now.status in known and any(known[now.status] < rank for rank in before)


def _held(context: Context, workflow: str, place: tuple[str, str]) -> Held | None:
    matters = context.work.matters(workflow, *place)
    subject = matters.open
    if subject is None:
        return None
    _, definition = context.shelf.for_instance(context.work.framework(), matters.instances[subject])
    return Held(
        stream=streams.matters(workflow, *place),
        place=place,
        matters=matters,
        subject=subject,
        definition=definition,
    )


def _concerned(context: Context, series: tuple[str, str], trigger: str) -> Iterator[Held]:
    """The open matters that a trigger of a series bears on, of whatever workflow of whatever adopted pack."""
    kinds = {
        (name, pack.workflows[name].about)
        for pack in context.shelf.all_of(context.work.framework())
        for each in pack.rules.triggers
        if each.id == trigger
        for name in (each.then.start, each.then.require)
        if name is not None and name in pack.workflows
    }
    for name, about in sorted(kinds):
        held = _held(context, name, thing(about, *series))
        if held is not None and trigger in {each for each, _ in held.matters.causes(held.subject)}:
            yield held


def _told(context: Context, held: Held, fact: Fact[TriggerWithdrawn] | Fact[TriggerCleared]) -> Fact[Event]:
    instance = held.matters.instances[held.subject]
    return context.work.record(
        held.stream,
        CauseWithdrawn(
            subject=held.subject,
            trigger=fact.event.trigger,
            period=fact.event.period,
            to=instance.body or "",
        ),
        caused_by=fact.ref,
    )


def _cause(fact: Fact[TriggerWithdrawn] | Fact[TriggerCleared]) -> tuple[str, str]:
    return fact.event.trigger, fact.event.period


def _about(pack: Pack | None, workflow: str) -> str:
    definition = pack.workflows.get(workflow) if pack else None
    return definition.about if definition else "series"


def _latest(context: Context, series: tuple[str, str]) -> StatusAssessed | None:
    judged = [each.assessed for each in context.work.series(*series).periods.values() if each.assessed]
    return max(judged, key=lambda assessed: assessed.period, default=None)


def _stands(latest: StatusAssessed, trigger: str) -> bool:
    memory = latest.triggers.get(trigger)
    return memory is not None and memory.active


def _notify(context: Context, fact: Fact[TriggerFired], to: str, kind: str) -> None:
    indicator, service = streams.series_of(fact.stream)
    about = f"{indicator}/{service}/{fact.event.period}"
    context.work.notify(Notice(to=to, kind=kind, subject=about, words=fact.event.reason))
