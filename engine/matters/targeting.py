"""What a change of target does to the register: approved, it is set from its period on, and outcomes known already are marked.

What would be refused then is refused before, when it is proposed.
"""

from __future__ import annotations

from typing import cast

from msgspec.structs import replace

from engine.commands import SetTarget, Step
from engine.context import Context
from engine.deciders.subjects import Subject
from engine.deciders.targets import CHANGES_TARGET, NO_TOLERANCE, check_target, record_targets
from engine.matters.outturns import FROM_PERIOD, VALUE, number_field, period_field
from engine.matters.registering import WHY, Given
from events import stream as streams
from events.fact import Fact
from events.kinds.workflow import StepTaken, TargetApproved
from events.schema import Event
from events.text import TextRef
from workflows.definition import PROPOSE, Definition

TOLERANCE = "tolerance"
NUMBERS = (VALUE, "low", "high", "floor", TOLERANCE)
"""Fields of a proposed target that are numbers."""


def changes_targets(definition: Definition) -> bool:
    """Whether a workflow is one that decides on targets."""
    return any(step.effect == CHANGES_TARGET for step in definition.steps)


def check_targeting(context: Context, step: Step, subject: Subject) -> None:
    """Collect why the register would not take the target that a step proposes, alters or approves."""
    definition = subject.definition
    if not changes_targets(definition):
        return
    given: Given = {**(subject.instance.fields if subject.instance else {}), **step.fields}
    taken = next((each for each in definition.steps if each.name == step.step), None)
    describes = bool({FROM_PERIOD, *NUMBERS} & step.fields.keys())
    sets = taken is not None and taken.effect == CHANGES_TARGET
    if (step.step == PROPOSE or describes or sets) and period_field(given, FROM_PERIOD):
        request, number = asked_for(step.indicator, step.service, given), number_field(step.fields, TOLERANCE)
        check_target(context, request if number is None else replace(request, tolerance=number))


def enter_target(context: Context, fact: Fact[TargetApproved]) -> list[Fact[Event]]:
    """The target as the matter describes it, from the day on which it was approved; what it changes is judged again."""
    move = cast(StepTaken, fact.event).move
    indicator, service = streams.series_of(fact.stream)
    given = context.work.matters(move.workflow, indicator, service).instances[move.subject].fields
    request = asked_for(indicator, service, given)
    added = check_target(context, request)
    context.settle()
    assert added is not None  # settle() has raised otherwise
    return record_targets(context, added, (request,), caused_by=fact.ref)


def asked_for(indicator: str, service: str, given: Given) -> SetTarget:
    """What the fields of a matter say of a target, as a request for the register."""
    reason, counted_in = given.get(WHY), given.get("tolerance_in")
    dropped = counted_in == NO_TOLERANCE
    return SetTarget(
        indicator=indicator,
        service=service,
        from_period=str(given[FROM_PERIOD]),
        reason=TextRef(str(reason)) if reason else None,
        tolerance_in=counted_in if isinstance(counted_in, str) else "",
        value=number_field(given, VALUE),
        low=number_field(given, "low"),
        high=number_field(given, "high"),
        floor=number_field(given, "floor"),
        tolerance=None if dropped else number_field(given, TOLERANCE),
    )
