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
from engine.deciders.retired import refuse_reuse, retired_words
from engine.deciders.subjects import ADDS_INDICATOR, Subject
from engine.judging.series import Rejudge, rejudge
from events import stream as streams
from events.errors import Invalid
from events.fact import Fact
from events.kinds.register import IndicatorAmended, IndicatorRetired
from events.kinds.workflow import (
    FieldValue,
    KpiAmendmentApproved,
    KpiApproved,
    KpiRemovalApproved,
    StepTaken,
)
from events.period import parse_period
from events.schema import Event
from events.text import TextRef
from workflows.definition import PROPOSE
from workflows.effects import EFFECTS

FROM_PERIOD, COMPARABLE = "from_period", "comparable"
"""Fields of an amendment: the first period of the new version, and whether figures can be compared across it."""

REPLACED_BY = "replaced_by"
"""The field of a removal that names the indicator that takes its place."""

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
    if ((step.step == PROPOSE and added is None) or describes) and all(given.get(name) for name in needed):
        check_indicator(context, _asked_for(context, step.indicator, given))
    if added is not None and step.step == PROPOSE:
        _refuse_known(context, step, subject)
    _check_replacement(context, step)
    period = step.fields.get(FROM_PERIOD)
    if added is not None and isinstance(period, str) and _is_period(period):  # the field says what is none
        own_period(context, period, added.frequency)


def _is_period(text: str) -> bool:
    try:
        parse_period(text)
    except Invalid:
        return False
    return True


def _refuse_known(context: Context, step: Step, subject: Subject) -> None:
    """Refuse a proposal of a KPI that is in the register: it is changed or removed, and not proposed anew."""
    if context.work.indicator(step.indicator).retired_on is not None:
        refuse_reuse(context, step.indicator)
        return
    others = [each.name for each in subject.definition.beginnings if each.name != PROPOSE]
    begin = f"goldenthread matter begin {step.workflow} {step.indicator} --step {others[0]}" if others else ""
    context.refuse(
        "GT-REGISTER-463",
        f"There is already an indicator '{step.indicator}', so it is not proposed anew.",
        f"To change or remove it, take it up as it is: {begin}." if begin else "Choose another code.",
    )


def _check_replacement(context: Context, step: Step) -> None:
    """What takes the place of a KPI is another one of the register, in use."""
    code = step.fields.get(REPLACED_BY)
    if not isinstance(code, str) or not code:
        return
    held = context.work.indicator(code)
    if held.added is None:
        context.problems.append(context.shelf.unknown_indicator(code))
    elif code == step.indicator or held.retired_on is not None:
        why = "a KPI does not replace itself" if code == step.indicator else retired_words(code, held)
        context.refuse(
            "GT-REGISTER-442",
            f"{code} cannot take the place of {step.indicator}: {why}.",
            "Name a KPI that is in use, or leave replaced_by out.",
        )


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
        fields=_new_answers(context, code, given),
        from_period=_text(given, FROM_PERIOD),
        comparable=given.get(COMPARABLE) != "no",
    )
    entered = context.work.record(streams.indicator(code), amended, caused_by=fact.ref)
    return [entered, *_judged_again(context, entered, amended)]


def _judged_again(context: Context, entered: Fact[Event], amended: IndicatorAmended) -> list[Fact[Event]]:
    """What was judged of the periods of a new version, judged as it is now."""
    added = context.work.indicator(amended.indicator).added
    if added is None or amended.from_period is None:
        return []
    start = parse_period(amended.from_period)
    orders = [
        Rejudge(
            indicator=amended.indicator,
            service=service,
            start=start,
            cause="another version",
            caused_by=entered.ref,
        )
        for service in added.services
    ]
    return [fact for order in orders for fact in rejudge(context.work, context.shelf, order)]


def retire_indicator(context: Context, fact: Fact[KpiRemovalApproved]) -> list[Fact[Event]]:
    """The indicator is retired, for the reason that was given for it."""
    code, given = _matter(context, fact)
    reason, instead = TextRef(str(given[WHY])), _text(given, REPLACED_BY) or ""
    retired = IndicatorRetired(indicator=code, reason=reason, replaced_by=instead)
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


def _new_answers(context: Context, code: str, given: Given) -> dict[str, str]:
    """Those of them that are others than the register has."""
    added = context.work.indicator(code).added
    before = added.fields if added is not None else {}
    return {name: value for name, value in _answers(context, given).items() if before.get(name) != value}


def _text(given: Given, name: str) -> str | None:
    value = given.get(name)
    return value if isinstance(value, str) and value else None
