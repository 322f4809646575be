"""What a lifecycle does to the register: a KPI that is approved enters it, a new version amends it, a removal retires it.

The entry follows from the approval by itself, and takes effect on the day of the meeting that approved it. What would
be refused then is refused before, when it is proposed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from engine.commands import AddIndicator, Step
from engine.context import Context
from engine.deciders.indicators import check_indicator, own_period
from engine.deciders.subjects import ADDS_INDICATOR, Subject
from events import stream as streams
from events.fact import Fact
from events.kinds.register import IndicatorAmended, IndicatorRetired
from events.kinds.workflow import (
    FieldValue,
    KpiAmendmentApproved,
    KpiApproved,
    KpiRemovalApproved,
    StepTaken,
)
from events.schema import Event
from events.text import TextRef
from workflows.definition import PROPOSE
from workflows.effects import EFFECTS

FROM_PERIOD, COMPARABLE = "from_period", "comparable"
"""Fields of an amendment: the first period of the new version, and whether figures can be compared across it."""

WHY = "why"
"""The field that says why a KPI is proposed, amended or removed."""

Given = Mapping[str, FieldValue]


def check_register(context: Context, step: Step, subject: Subject) -> None:
    """Collect why the register would not take what a step proposes, adds or amends."""
    definition = subject.definition
    effects = {each.name: each.effect for each in (definition.start, *definition.steps)}
    if ADDS_INDICATOR not in effects.values():
        return
    given = {**(subject.instance.fields if subject.instance else {}), **step.fields}
    needed = EFFECTS[ADDS_INDICATOR].begun_with.keys()
    added = context.work.indicator(step.indicator).added
    describes = added is None and (
        effects.get(step.step) == ADDS_INDICATOR or bool(needed & step.fields.keys())
    )
    if (step.step == PROPOSE or describes) and all(given.get(name) for name in needed):
        check_indicator(context, _asked_for(context, step.indicator, given))
    period = step.fields.get(FROM_PERIOD)
    if added is not None and isinstance(period, str):
        own_period(context, period, added.frequency)


def enter_indicator(context: Context, fact: Fact[KpiApproved]) -> list[Fact[Event]]:
    """The indicator, as the matter describes it, from the day on which it was approved."""
    code, given = _matter(context, fact)
    added = check_indicator(context, _asked_for(context, code, given))
    context.settle()
    return [context.work.record(streams.indicator(code), added, caused_by=fact.ref)]


def enter_amendment(context: Context, fact: Fact[KpiAmendmentApproved]) -> list[Fact[Event]]:
    """The new version; a step before it said from which period, and whether figures can be compared across it."""
    code, given = _matter(context, fact)
    amended = IndicatorAmended(
        indicator=code,
        reason=TextRef(str(given[WHY])),
        title=_text(given, "title"),
        fields=_answers(context, given),
        from_period=_text(given, FROM_PERIOD),
        comparable=given.get(COMPARABLE) != "no",
    )
    return [context.work.record(streams.indicator(code), amended, caused_by=fact.ref)]


def retire_indicator(context: Context, fact: Fact[KpiRemovalApproved]) -> list[Fact[Event]]:
    """The indicator is retired, for the reason that was given for it."""
    code, given = _matter(context, fact)
    retired = IndicatorRetired(indicator=code, reason=TextRef(str(given[WHY])))
    return [context.work.record(streams.indicator(code), retired, caused_by=fact.ref)]


def _matter(
    context: Context, fact: Fact[KpiApproved | KpiAmendmentApproved | KpiRemovalApproved]
) -> tuple[str, Given]:
    """The code of a fact's indicator, and every field of its matter as last given."""
    move = cast(StepTaken, fact.event).move
    indicator, service = streams.series_of(fact.stream)
    return indicator, context.work.matters(move.workflow, indicator, service).instances[move.subject].fields


def _asked_for(context: Context, code: str, given: Given) -> AddIndicator:
    """What the fields of a matter say of an indicator, as a request for the register."""
    services = given["services"]
    return AddIndicator(
        indicator=code,
        title=str(given["title"]),
        polarity=str(given["better"]),
        frequency=str(given["frequency"]),
        measured_in=str(given["measured_in"]),
        services=(services,) if isinstance(services, str) else tuple(services),
        first_period=_text(given, "first_period"),
        fields=_answers(context, given),
    )


def _answers(context: Context, given: Given) -> dict[str, str]:
    """Those fields of the matter that the pack asks of every indicator."""
    pack = context.shelf.in_force(context.work.framework(), context.effective_on)
    asked = pack.rules.fields_by_id if pack else {}
    return {name: str(value) for name, value in given.items() if name in asked}


def _text(given: Given, name: str) -> str | None:
    value = given.get(name)
    return value if isinstance(value, str) and value else None
