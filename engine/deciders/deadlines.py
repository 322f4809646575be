"""A deadline, or a reminder of one, fell due: recorded once, with how late and what follows."""

from __future__ import annotations

from engine.commands import PassDeadline, Step
from engine.context import Context
from engine.deciders.steps import take
from engine.states.matters import Matters
from engine.surroundings import Surroundings
from events import stream as streams
from events.fact import Fact
from events.kinds.workflow import DeadlineSet, ReminderSent
from events.schema import Event
from workflows.decide import Taking
from workflows.instance import Instance
from workflows.passing import pass_deadline as pass_in_workflow


def pass_deadline(context: Context, request: PassDeadline) -> None:
    """Pass what fell due; nothing happens where it no longer runs."""
    indicator, service = streams.series_of(request.stream)
    held = context.work.state(request.stream, Matters)
    instance = held.instances.get(request.subject)
    if instance is None:
        return
    if request.reminder:
        _remind(context, request, instance, held.clocks.get((request.subject, request.name)))
        return
    pack, definition = context.shelf.for_instance(context.work.framework(), instance)
    surroundings = Surroundings(context.work, context.shelf, pack, (indicator, service), context.effective_on)
    passing = pass_in_workflow(definition, instance, request.name, request.n, context.today, surroundings)
    if passing is None:
        return
    passed = context.work.record(request.stream, passing.event)
    if passing.taking is not None:
        _follow(context, indicator, service, passing.taking, passed)


def _remind(context: Context, request: PassDeadline, instance: Instance, clock: DeadlineSet | None) -> None:
    if clock is None or clock.n != request.n:
        return
    reminder = next((reminder for reminder in clock.remind if reminder.n == request.reminder), None)
    if reminder is None:
        return
    context.work.record(
        request.stream,
        ReminderSent(
            workflow=instance.workflow,
            subject=request.subject,
            name=request.name,
            n=request.n,
            reminder=request.reminder,
            to=reminder.to,
            words=reminder.words,
        ),
    )


def _follow(context: Context, indicator: str, service: str, taking: Taking, passed: Fact[Event]) -> None:
    """The step that the product takes by itself: the ladder climbs, or a day has come."""
    step = Step(
        workflow=taking.workflow,
        indicator=indicator,
        service=service,
        subject=taking.subject,
        step=taking.step,
        fields=dict(taking.fields),
    )
    take(context, step, caused_by=passed.ref, counted_from=taking.counted_from)
    context.settle()
