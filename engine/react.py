"""What follows by itself from what was just decided, still in memory, until nothing more follows.

Listeners hang on effects, never on steps, so a definition may rename its steps freely. Chains are bounded in
depth (one adoption may rightly start five hundred things); reaching the bound is an error, never nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from engine.commands import Step
from engine.context import Context
from engine.deciders.steps import take_as_system
from engine.deciders.subjects import INTERVENTION
from engine.judging import Rejudge, rejudge
from engine.ports import Notice
from events import stream as streams
from events.errors import Broken, Problem
from events.fact import Fact
from events.kinds.book import ReactionRefused
from events.kinds.figures import FigureConfirmed
from events.kinds.statuses import TriggerFired, TriggerWithdrawn
from events.kinds.workflow import CauseWithdrawn, DeadlinePassed, EvidenceAdded, FieldValue, ReminderSent
from events.period import parse_period
from events.schema import Event

DEEPEST = 8
"""Confirmation → trigger → intervention → … never goes deeper than this by itself."""

Listener = Callable[[Context, Fact[Any]], list[Fact[Event]]]


def react(
    context: Context, facts: list[Fact[Event]], listeners: Mapping[type[Event], Listener] | None = None
) -> None:
    """Let everything follow that follows from these facts; raises Broken where that never ends."""
    listening = LISTENERS if listeners is None else listeners
    waiting = deque((fact, 0) for fact in facts)
    while waiting:
        fact, depth = waiting.popleft()
        listener = listening.get(type(fact.event))
        if listener is None:
            continue
        if depth >= DEEPEST:
            raise Broken(
                Problem(
                    code="GT-STEP-103",
                    sentence=f"What follows from {facts[0].ref} goes on for more than {DEEPEST} turns.",
                    fix="The pack's triggers and workflows start each other in a circle, so nothing was written: look at what each "
                    "trigger starts, with 'goldenthread pack show'.",
                )
            )
        waiting.extend((consequence, depth + 1) for consequence in listener(context, fact))


def _judge(context: Context, fact: Fact[FigureConfirmed]) -> list[Fact[Event]]:
    """A confirmed figure is judged, and every later period of its series with it."""
    indicator, service = _series(fact.stream)
    period = parse_period(fact.event.period)
    later = context.work.series(indicator, service).confirmed_from(period)
    cause = "restated" if fact.event.revision > 1 and _was_judged(context, fact) else "confirmed"
    if cause == "confirmed" and len(later) > 1:
        cause = "late figure"
    order = Rejudge(indicator=indicator, service=service, start=period, cause=cause, caused_by=fact.ref)
    return rejudge(context.work, context.shelf, order)


def _start(context: Context, fact: Fact[TriggerFired]) -> list[Fact[Event]]:
    """A trigger that fired refers the series to a body, or adds to what that body already has."""
    fired = fact.event
    for who in fired.notify if fired.consequences else ():
        context.work.notify(Notice(to=who, kind="trigger", subject=_about(fact), words=fired.reason))
    if not fired.consequences or fired.start is None:
        return []
    indicator, service = _series(fact.stream)
    held = context.work.interventions(indicator, service)
    if fired.start == INTERVENTION and held.open is not None:
        if fired.refer_to is not None:
            context.work.notify(
                Notice(to=fired.refer_to, kind="evidence", subject=_about(fact), words=fired.reason)
            )
        return [
            context.work.record(
                streams.interventions(indicator, service),
                EvidenceAdded(
                    subject=held.open, trigger=fired.trigger, period=fired.period, caused_by=fact.ref
                ),
                caused_by=fact.ref,
            )
        ]
    fields: dict[str, FieldValue] = {"trigger": fired.trigger, "period": fired.period}
    if fired.refer_to is not None:
        fields["refer_to"] = fired.refer_to
    step = Step(
        workflow=fired.start, indicator=indicator, service=service, subject="", step="propose", fields=fields
    )
    begun = _required(context, step, fact)
    if begun is not None and fired.refer_to is not None:
        context.work.notify(
            Notice(to=fired.refer_to, kind="referred", subject=_about(fact), words=fired.reason)
        )
    return [begun] if begun else []


def _withdraw(context: Context, fact: Fact[TriggerWithdrawn]) -> list[Fact[Event]]:
    """A proposed intervention is declined by the withdrawal of its cause; an agreed one runs on, with a task."""
    indicator, service = _series(fact.stream)
    held = context.work.interventions(indicator, service)
    subject = held.open
    if subject is None or held.cause(subject) != (fact.event.trigger, fact.event.period):
        return []
    instance = held.instances[subject]
    _, definition = context.shelf.for_instance(context.work.framework(), instance)
    if instance.state == definition.initial:
        step = Step(
            workflow=instance.workflow,
            indicator=indicator,
            service=service,
            subject=subject,
            step="withdraw",
            fields={"trigger": fact.event.trigger, "period": fact.event.period},
        )
        declined = _required(context, step, fact)
        return [declined] if declined else []
    return [
        context.work.record(
            streams.interventions(indicator, service),
            CauseWithdrawn(
                subject=subject, trigger=fact.event.trigger, period=fact.event.period, to=instance.body or ""
            ),
            caused_by=fact.ref,
        )
    ]


def _passed(context: Context, fact: Fact[DeadlinePassed]) -> list[Fact[Event]]:
    """The body or role whose task it now is gets a notice."""
    if fact.event.to is not None:
        context.work.notify(
            Notice(to=fact.event.to, kind="deadline", subject=_about(fact), words=fact.event.words)
        )
    return []


def _remind(context: Context, fact: Fact[ReminderSent]) -> list[Fact[Event]]:
    """Everybody it is meant for gets a notice."""
    for who in fact.event.to:
        context.work.notify(Notice(to=who, kind="reminder", subject=_about(fact), words=fact.event.words))
    return []


def _required(context: Context, step: Step, cause: Fact[Event]) -> Fact[Event] | None:
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


def _series(stream: str) -> tuple[str, str]:
    _, indicator, service = stream.split("/", 2)
    return indicator, service


def _about(fact: Fact[Any]) -> str:
    """What a notice is about, as a reference that `explain` takes."""
    indicator, service = _series(fact.stream)
    if fact.stream.startswith("series/"):
        return f"{indicator}/{service}/{fact.event.period}"
    return f"{indicator}/{service}#{fact.event.subject}"


def _was_judged(context: Context, fact: Fact[FigureConfirmed]) -> bool:
    return context.work.series(*_series(fact.stream)).at(fact.event.period).assessed is not None


LISTENERS: dict[type[Event], Listener] = {
    FigureConfirmed: _judge,
    TriggerFired: _start,
    TriggerWithdrawn: _withdraw,
    DeadlinePassed: _passed,
    ReminderSent: _remind,
}
"""Fact → what follows from it."""
