"""What follows by itself from what was just decided, still in memory, until nothing more follows.

Listeners hang on effects, never on steps, so a definition may rename its steps freely. Chains are bounded in
depth (one adoption may rightly start five hundred things); reaching the bound is an error, never nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine import notices
from engine.context import Context
from engine.judging.series import Rejudge, rejudge
from engine.matters.asking import ask, tell
from engine.matters.following import begin_or_add
from engine.matters.letting_go import let_go
from engine.matters.registering import enter_amendment, enter_indicator, retire_indicator
from engine.matters.reviewing import begin_review
from engine.matters.targeting import enter_target
from engine.ports import Notice
from events import stream as streams
from events.errors import Broken, Problem
from events.fact import Fact
from events.kinds.figures import FigureAbsent, FigureConfirmed, FigureOverdue
from events.kinds.framework import PackAdopted
from events.kinds.statuses import (
    OverrideEnded,
    StatusOverridden,
    TriggerCleared,
    TriggerFired,
    TriggerWithdrawn,
)
from events.kinds.workflow import (
    DeadlinePassed,
    InterventionAgreed,
    KpiAmendmentApproved,
    KpiApproved,
    KpiRemovalApproved,
    ReminderSent,
    StepTaken,
    TargetApproved,
)
from events.period import parse_period
from events.schema import TYPES, Event

DEEPEST = 8
"""Confirmation → trigger → intervention → … never goes deeper than this by itself."""

Listener = Callable[[Context, Fact[Any]], list[Fact[Event]]]


def react(
    context: Context, facts: list[Fact[Event]], listeners: Mapping[type[Event], Listener] | None = None
) -> None:
    """Let everything follow that follows from these facts; raises Broken where that never ends."""
    listening = LISTENERS if listeners is None else listeners
    turn, depth = facts, 0
    while turn:
        following: list[Fact[Event]] = []
        for fact in turn:
            listener = listening.get(type(fact.event))
            if listener is None:
                continue
            if depth >= DEEPEST:
                raise Broken(_circle(facts[0]))
            following += listener(context, fact)
        turn, depth = following, depth + 1


def _circle(first: Fact[Event]) -> Problem:
    return Problem(
        code="GT-STEP-103",
        sentence=f"What follows from {first.ref} goes on for more than {DEEPEST} turns.",
        fix="The pack's triggers and workflows start each other in a circle, so nothing was written: look at what each "
        "trigger starts, with 'goldenthread pack show'.",
    )


def _judge(context: Context, fact: Fact[FigureConfirmed]) -> list[Fact[Event]]:
    """A confirmed figure is judged, and every later period of its series with it."""
    indicator, service = _series(fact.stream)
    series = context.work.series(indicator, service)
    standing = series.at(fact.event.period)
    if standing.assessed is not None and standing.assessed.figure == fact.ref:
        return []  # judged already, when an earlier period of the same command was
    period = parse_period(fact.event.period)
    latest = series.latest
    if standing.after_absence:
        cause = "late figure"
    elif standing.assessed is not None:
        cause = "restated"
    else:
        cause = "late figure" if latest is not None and parse_period(latest.period) > period else "confirmed"
    start = series.unjudged_before(period)
    caused_by = fact.ref if start == period else series.at(str(start)).basis
    order = Rejudge(indicator=indicator, service=service, start=start, cause=cause, caused_by=caused_by)
    return rejudge(context.work, context.shelf, order)


def _judge_absence(context: Context, fact: Fact[FigureAbsent | FigureOverdue]) -> list[Fact[Event]]:
    """That there is no figure, or none in time, is judged like a figure, so that triggers and later periods know it."""
    indicator, service = _series(fact.stream)
    start = parse_period(fact.event.period)
    order = Rejudge(indicator=indicator, service=service, start=start, cause="no data", caused_by=fact.ref)
    return rejudge(context.work, context.shelf, order)


def _judge_override(context: Context, fact: Fact[StatusOverridden | OverrideEnded]) -> list[Fact[Event]]:
    """A status set by an officer, or taken back, counts from its period on."""
    indicator, service = _series(fact.stream)
    start = parse_period(fact.event.period)
    order = Rejudge(indicator=indicator, service=service, start=start, cause="override", caused_by=fact.ref)
    return rejudge(context.work, context.shelf, order)


def _start(context: Context, fact: Fact[TriggerFired]) -> list[Fact[Event]]:
    """Whoever is to be told is told; what the trigger starts or requires is begun, or added to what is open."""
    fired = fact.event
    if not fired.consequences:
        return []
    if fired.group is not None and fired.group in context.told:
        return begin_or_add(context, fact)
    if fired.group is not None:
        context.told.add(fired.group)
    _notify(context, notices.of_trigger(fact))
    return begin_or_add(context, fact)


def _passed(context: Context, fact: Fact[DeadlinePassed]) -> list[Fact[Event]]:
    """The body or role whose task it now is gets a notice."""
    _notify(context, notices.of_deadline(fact))
    return []


def _remind(context: Context, fact: Fact[ReminderSent]) -> list[Fact[Event]]:
    """Everybody it is meant for gets a notice."""
    _notify(context, notices.of_reminder(fact))
    return []


def _notify(context: Context, told: Iterable[Notice]) -> None:
    for notice in told:
        context.work.notify(notice)


def _series(stream: str) -> tuple[str, str]:
    return streams.series_of(stream)


LISTENERS: dict[type[Event], Listener] = {
    FigureConfirmed: _judge,
    FigureAbsent: _judge_absence,
    FigureOverdue: _judge_absence,
    StatusOverridden: _judge_override,
    OverrideEnded: _judge_override,
    TriggerFired: _start,
    TriggerWithdrawn: let_go,
    TriggerCleared: let_go,
    InterventionAgreed: ask,
    KpiApproved: enter_indicator,
    KpiAmendmentApproved: enter_amendment,
    KpiRemovalApproved: retire_indicator,
    TargetApproved: enter_target,
    PackAdopted: begin_review,
    DeadlinePassed: _passed,
    ReminderSent: _remind,
}
"""Fact → what follows from it."""


def _and_tell(listener: Listener | None) -> Listener:
    """Whatever follows from a step besides, the matters that are linked with its own are told."""

    def both(context: Context, fact: Fact[Any]) -> list[Fact[Event]]:
        return [*(listener(context, fact) if listener else ()), *tell(context, fact)]

    both.__doc__ = " ".join(each.__doc__ or "" for each in (listener, tell) if each is not None)
    return both


LISTENERS |= {
    struct: _and_tell(LISTENERS.get(struct)) for struct in TYPES.values() if issubclass(struct, StepTaken)
}
