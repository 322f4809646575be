"""A deadline, or a reminder of one, fell due: recorded once, with how late and what follows."""

from __future__ import annotations

from engine.commands import PassDeadline, Step
from engine.context import Context
from engine.deciders.climbing import climb
from engine.deciders.steps import take
from engine.judging.windows import WINDOW, pass_window
from engine.states.matters import Matters
from events import stream as streams
from events.fact import Fact
from events.kinds.workflow import DeadlineSet, ReminderSent
from events.schema import Event
from workflows.decide import Taking
from workflows.instance import Instance
from workflows.passing import Lapse, Passing, lapse_of, passing


def pass_deadline(context: Context, request: PassDeadline) -> None:
    """Pass what fell due; nothing happens where it no longer runs."""
    if request.name == WINDOW and streams.workflow_of(request.stream) is None:
        pass_window(context, request)
        return
    held = context.work.state(request.stream, Matters)
    instance = held.instances.get(request.subject)
    if instance is None:
        return
    if request.reminder:
        _remind(context, request, instance, held.clocks.get((request.subject, request.name)))
        return
    lapse = lapse_of(instance, request.name, request.n)
    if lapse is None:
        return
    passes = _passing(context, instance, lapse)
    passed = context.work.record(request.stream, passes.event)
    if passes.taking is not None:
        indicator, service = streams.series_of(request.stream)
        _follow(context, indicator, service, passes.taking, passed)


def _passing(context: Context, instance: Instance, lapse: Lapse) -> Passing:
    """What the lapse leads to, worked out once for all of a unit of work that are the same."""

    def work_out() -> Passing:
        pack, definition = context.shelf.for_instance(context.work.framework(), instance)
        return passing(definition, lapse, context.today, context.shelf.calendar(pack), pack.organisation)

    question = ("lapse", instance.definition, instance.started_on, lapse, context.today)
    return context.work.once(question, work_out)


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
    if climb(context, step, taking, passed.ref) is None:
        take(context, step, caused_by=passed.ref, counted_from=taking.counted_from)
    context.settle()
