"""The matter of a workflow that is open about a thing, as what follows by itself finds it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands import Step
from engine.context import Context
from engine.deciders.steps import take_as_system
from engine.states.matters import Matters
from events import stream as streams
from events.fact import Fact
from events.kinds.book import ReactionRefused
from events.kinds.workflow import FieldValue
from events.schema import Event
from workflows.definition import Definition
from workflows.definition import Step as DefinedStep


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


def held_about(context: Context, workflow: str, place: tuple[str, str]) -> Held | None:
    """The open matter of a workflow about a thing; None where none is open."""
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
