"""What a trigger that fires does to matters: it begins one, or adds to one that is open and may open it again.

A trigger names what it starts (`start`) and what somebody then owes (`require`); each is a workflow of the pack,
and one matter of each is open about one thing at a time. Which steps the product takes by itself, and upon what,
the definition says (`upon`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.commands import Step
from engine.context import Context
from engine.deciders.subjects import thing
from engine.matters.open import Held, held_about, required
from engine.notices import EVIDENCE, REFERRED, of_referral
from engine.packs.pack import Pack
from events import stream as streams
from events.fact import Fact
from events.kinds.statuses import TriggerFired
from events.kinds.workflow import EvidenceAdded, FieldValue
from events.schema import Event
from workflows.definition import TIME_ALLOWED
from workflows.upon import WORSENED, step_upon

WITHIN = " within "
"""Stands between what a trigger requires and the time it allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One workflow that a firing asks for, and what it gives it to begin with."""

    workflow: str
    fields: dict[str, FieldValue]
    refer_to: str | None


def begin_or_add(context: Context, fact: Fact[TriggerFired]) -> list[Fact[Event]]:
    """Whatever a firing asks for is begun, or the firing is added to what is open already."""
    pack = context.shelf.in_force(context.work.framework(), context.effective_on)
    recorded: list[Fact[Event]] = []
    for asked in _asked(fact.event, pack):
        place = thing(_about(pack, asked.workflow), *streams.series_of(fact.stream))
        held = held_about(context, asked.workflow, place)
        recorded += _add(context, fact, asked, held) if held else _begin(context, fact, asked, place)
    return recorded


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
        context.work.notify(of_referral(fact, asked.refer_to, REFERRED))
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
        context.work.notify(of_referral(fact, asked.refer_to, EVIDENCE))
    recorded: list[Fact[Event]] = [added]
    defined = step_upon(held.definition, held.state, WORSENED)
    if defined is not None and _worsened(context, fact, held):
        given: dict[str, FieldValue] = {**asked.fields, "reason": fired.reason}
        again = required(context, held.step(defined.name, given, defined), fact)
        recorded += [again] if again else []
    return recorded


def _worsened(context: Context, fact: Fact[TriggerFired], held: Held) -> bool:
    """Whether the status is worse than the one that was decided on, or than that of the period before."""
    fired, series = fact.event, context.work.series(*streams.series_of(fact.stream))
    decided_on = held.matters.decided.get(held.subject)
    now = series.at(fired.period).assessed
    if now is None or decided_on is None or decided_on >= fired.period:
        return False
    known = {
        status.id: status.rank for status in context.shelf.pack(fired.pack).rules.statuses if status.judged
    }
    then = series.at(decided_on).assessed
    before = [known[word] for word in (then and then.status, now.previous) if word in known]
    return now.status in known and any(known[now.status] < rank for rank in before)


def _about(pack: Pack | None, workflow: str) -> str:
    definition = pack.workflows.get(workflow) if pack else None
    return definition.about if definition else "series"
