"""Letting a matter go when no trigger stands behind it any more, where its workflow says so."""

from __future__ import annotations

from collections.abc import Iterator

from engine.context import Context
from engine.deciders.subjects import thing
from engine.matters.open import Held, held_about, required
from events import stream as streams
from events.fact import Fact
from events.kinds.statuses import StatusAssessed, TriggerCleared, TriggerWithdrawn
from events.kinds.workflow import CauseWithdrawn, FieldValue
from events.schema import Event
from workflows.upon import CLEARED, WITHDRAWN, step_upon


def let_go(context: Context, fact: Fact[TriggerWithdrawn] | Fact[TriggerCleared]) -> list[Fact[Event]]:
    """A matter with no trigger behind it any more is ended, where its workflow says so.

    Where it does not, an answered matter whose first cause was withdrawn runs on, and whoever has it decides. What was
    only screened out had led to nothing.
    """
    if isinstance(fact.event, TriggerWithdrawn) and fact.event.screened:
        return []
    happening = WITHDRAWN if isinstance(fact.event, TriggerWithdrawn) else CLEARED
    latest = _latest(context, fact.stream)
    if latest is not None and latest.historic:
        return []
    recorded: list[Fact[Event]] = []
    for held in _concerned(context, fact.stream, fact.event.trigger):
        causes = held.matters.causes[held.subject]
        if any(_stands(_latest(context, series), trigger) for trigger, series in causes):
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


def _concerned(context: Context, series: str, trigger: str) -> Iterator[Held]:
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
        held = held_about(context, name, thing(about, *streams.series_of(series)))
        if held is not None and (trigger, series) in held.matters.causes[held.subject]:
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


def _stands(latest: StatusAssessed | None, trigger: str) -> bool:
    memory = latest.triggers.get(trigger) if latest is not None else None
    return memory is not None and memory.active
