"""Letting a matter go when no trigger stands behind it any more, where its workflow says so."""

from __future__ import annotations

from collections.abc import Iterator

from engine.context import Context
from engine.deciders.subjects import thing
from engine.matters.open import Held, held_about, required
from engine.states.matters import Firing
from events import stream as streams
from events.fact import Fact
from events.kinds.statuses import StatusAssessed, TriggerCleared, TriggerWithdrawn
from events.kinds.workflow import CauseWithdrawn, FieldValue
from events.schema import Event
from workflows.upon import CLEARED, WITHDRAWN, step_upon


def let_go(context: Context, fact: Fact[TriggerWithdrawn] | Fact[TriggerCleared]) -> list[Fact[Event]]:
    """A matter with no trigger behind it any more is ended, where its workflow says so.

    Only the withdrawal of a firing that it rests on concerns it, and only while no other firing it rests on stands.
    Where its workflow does not end it, an answered matter whose first cause was withdrawn runs on, and whoever has it
    decides. What was only screened out had led to nothing.
    """
    if isinstance(fact.event, TriggerWithdrawn) and fact.event.screened:
        return []
    happening = WITHDRAWN if isinstance(fact.event, TriggerWithdrawn) else CLEARED
    latest = _latest(context, fact.stream)
    if latest is not None and latest.historic:
        return []
    recorded: list[Fact[Event]] = []
    for held in _concerned(context, fact):
        if any(_stands(context, held, firing) for firing in held.matters.causes[held.subject]):
            continue
        defined = step_upon(held.definition, held.state, happening)
        if defined is not None:
            fields: dict[str, FieldValue] = {"trigger": fact.event.trigger, "period": fact.event.period}
            fields["reason"] = _why(context, fact)
            taken = required(context, held.step(defined.name, fields, defined), fact)
            recorded += [taken] if taken else []
        elif happening == WITHDRAWN and held.matters.cause(held.subject) == _cause(fact):
            recorded.append(_told(context, held, fact))
    return recorded


def _concerned(context: Context, fact: Fact[TriggerWithdrawn] | Fact[TriggerCleared]) -> Iterator[Held]:
    """The open matters that rest on what was withdrawn or cleared, of whatever workflow of whatever adopted pack."""
    series = fact.stream
    kinds = {
        (name, pack.workflows[name].about)
        for pack in context.shelf.all_of(context.work.framework())
        for each in pack.rules.triggers
        if each.id == fact.event.trigger
        for name in (each.then.start, each.then.require)
        if name is not None and name in pack.workflows
    }
    for name, about in sorted(kinds):
        held = held_about(context, name, thing(about, *streams.series_of(series)))
        if held is not None and any(_is_of(fact, firing) for firing in held.matters.causes[held.subject]):
            yield held


def _is_of(fact: Fact[TriggerWithdrawn] | Fact[TriggerCleared], firing: Firing) -> bool:
    """Whether it is this firing that was withdrawn; a trigger clears for whatever it fired for before."""
    if isinstance(fact.event, TriggerWithdrawn):
        return firing.ref == fact.event.fired_at
    return (firing.trigger, firing.series) == (fact.event.trigger, fact.stream)


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


_JUDGED_AGAIN = {
    "restated": "The figure was restated. ",
    "late figure": "A figure came in late. ",
    "no data": "It was said that there is no figure. ",
    "target": "The target was changed. ",
    "adoption": "Another pack was adopted. ",
    "override": "An officer set the status, or took it back. ",
}
"""Why a period was judged again, as what ended says it."""


def _why(context: Context, fact: Fact[TriggerWithdrawn] | Fact[TriggerCleared]) -> str:
    """What happened: for a trigger that was withdrawn, why its period was judged again, and what it was judged then."""
    if isinstance(fact.event, TriggerCleared):
        return fact.event.reason
    judged = context.work.series(*streams.series_of(fact.stream)).at(fact.event.period).assessed
    return f"{_JUDGED_AGAIN.get(judged.cause, '') if judged else ''}{fact.event.reason}"


def _cause(fact: Fact[TriggerWithdrawn] | Fact[TriggerCleared]) -> tuple[str, str]:
    return fact.event.trigger, fact.event.period


def _latest(context: Context, series: str) -> StatusAssessed | None:
    return context.work.series(*streams.series_of(series)).latest


def _stands(context: Context, held: Held, firing: Firing) -> bool:
    """Whether a matter still rests on a firing: its trigger is active, or nothing but time has gone over it.

    A firing that has cleared counts no more where the workflow ends a matter for that.
    """
    latest = _latest(context, firing.series)
    memory = latest.triggers.get(firing.trigger) if latest is not None else None
    if memory is not None and memory.active:
        return True
    if step_upon(held.definition, held.state, CLEARED) is not None:
        return False
    return firing.ref in context.work.series(*streams.series_of(firing.series)).firings
