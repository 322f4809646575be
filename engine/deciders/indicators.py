"""The register of indicators by fixed rules: adding one, and amending what its figures may be."""

from __future__ import annotations

import msgspec

from engine.commands import AddIndicator, AmendIndicator
from engine.context import Context
from engine.deciders.proposed import refuse_proposed
from engine.deciders.register import check_code, check_word
from engine.deciders.retired import refuse_retired, refuse_reuse
from engine.limits import limits
from engine.states.register import AMENDABLE
from events import stream as streams
from events.errors import Invalid
from events.kinds.register import IndicatorAdded, IndicatorAmended
from events.nearest import did_you_mean
from events.number import plain
from events.period import MONTHS_IN, SPELLINGS, Period, kind_words, parse_period
from workflows.duration import parse_duration

POLARITIES = ("higher", "lower", "in_band", "none")
KINDS = ("kpi", "spi", "statutory", "partner", "contextual")
ACCUMULATIONS = ("period", "year_to_date", "rolling", "snapshot")
"""What span a figure is of: its period alone, the year up to its end, the twelve months up to its end, or a day."""
AGGREGATIONS = ("sum", "ratio", "last", "none")
"""How the value of a longer period, and of a service above, follows from its parts."""


def add_indicator(context: Context, request: AddIndicator) -> None:
    """Add an indicator with everything the pack asks of one."""
    context.need_governance_lead()
    added = check_indicator(context, request)
    if context.work.indicator(request.indicator).added is None:
        refuse_proposed(context, request.indicator)
    context.settle()
    context.work.record(streams.indicator(request.indicator), added)


def check_indicator(context: Context, request: AddIndicator) -> IndicatorAdded:
    """The entry as it will be; collects every reason against it."""
    check_code(context, "indicator", request.indicator)
    held = context.work.indicator(request.indicator)
    if held.retired_on is not None:
        refuse_reuse(context, request.indicator)
    elif held.added is not None:
        context.refuse(
            "GT-REGISTER-003",
            f"There is already an indicator '{request.indicator}'.",
            "Choose another code; 'goldenthread indicator list' shows those that are taken.",
        )
    check_word(context, "polarity", request.polarity, POLARITIES)
    check_word(context, "frequency", request.frequency, tuple(MONTHS_IN))
    check_word(context, "kind", request.kind, KINDS)
    _services(context, request)
    if request.first_period is not None:
        own_period(context, request.first_period, request.frequency)
    _fields(context, request)
    added = IndicatorAdded(
        **{**msgspec.structs.asdict(request), "aggregation": request.aggregation or _usual(request)}
    )
    _figures(context, added)
    return added


def amend_indicator(context: Context, request: AmendIndicator) -> None:
    """Change what an indicator's figures may be and how they add up; no status rests on it, so nothing is judged again."""
    context.need_governance_lead()
    added = known_indicator(context, request.indicator)
    refuse_retired(context, request.indicator, "amendments")
    context.settle()
    assert added is not None  # settle() has raised otherwise
    given = {name: getattr(request, name) for name in AMENDABLE if getattr(request, name) is not None}
    amended = msgspec.structs.replace(added, **given)
    if amended == added:
        context.refuse(
            "GT-REGISTER-027",
            f"Nothing of {request.indicator} would change.",
            "Give another lowest, highest, lag, accumulation or aggregation; 'goldenthread indicator show "
            f"{request.indicator}' shows what is so now.",
        )
    _figures(context, amended)
    context.settle()
    context.work.record(
        streams.indicator(request.indicator),
        IndicatorAmended(indicator=request.indicator, reason=request.reason, **given),
    )


def known_indicator(context: Context, code: str) -> IndicatorAdded | None:
    """An indicator of the register; None, and a reason collected, where there is none."""
    added = context.work.indicator(code).added
    if added is None:
        context.problems.append(context.shelf.unknown_indicator(code))
    return added


def own_period(context: Context, text: str, frequency: str) -> Period | None:
    """A period of the kind an indicator is returned for; None, and a reason collected, for anything else."""
    try:
        period = parse_period(text)
    except Invalid as invalid:
        context.problems.extend(invalid.problems)
        return None
    if frequency not in MONTHS_IN:
        return None  # what is no frequency is refused where it is given
    if period.kind != frequency:
        context.refuse(
            "GT-FIGURE-003",
            f"{text} is a {kind_words(period.kind)}, but this indicator is returned every {kind_words(frequency)}.",
            SPELLINGS,
        )
        return None
    return period


def _services(context: Context, request: AddIndicator) -> None:
    if not request.services:
        context.refuse(
            "GT-REGISTER-005",
            f"Indicator {request.indicator} has no service to return it.",
            "Name one with --service, which may be repeated.",
        )
    labels = context.work.services().labels
    for service in request.services:
        if service not in labels:
            context.refuse(
                "GT-REGISTER-006",
                f"There is no service '{service}'.{did_you_mean(service, labels)}",
                "Name one of 'goldenthread service list', or add it first: goldenthread service add SERVICE.",
            )


def _usual(request: AddIndicator) -> str:
    """How values of longer periods follow where nobody says: percentages from their parts, anything else not at all."""
    return "ratio" if request.measured_in == "percent" else "none"


def _figures(context: Context, added: IndicatorAdded) -> None:
    """Whether what is said of the figures goes together."""
    check_word(context, "accumulation", added.accumulation, ACCUMULATIONS)
    check_word(context, "aggregation", added.aggregation, AGGREGATIONS)
    lowest, highest = limits(added)
    if lowest is not None and highest is not None and lowest > highest:
        context.refuse(
            "GT-REGISTER-024",
            f"No figure of {added.indicator} could be: the lowest is {plain(lowest)} and the highest {plain(highest)}.",
            "Give --lowest and --highest, the lower one first.",
        )
    if added.aggregation == "sum" and added.measured_in == "percent":
        context.refuse(
            "GT-REGISTER-026",
            f"{added.indicator} is a percentage, and percentages are not added up.",
            "Say 'ratio': numerators and denominators are each added up, and the percentage follows.",
        )
    _lag(context, added)


def _lag(context: Context, added: IndicatorAdded) -> None:
    if not added.lag:
        return
    try:
        lag = parse_duration(added.lag)
    except Invalid as invalid:
        context.problems.extend(invalid.problems)
        return
    if lag.unit == "working days":
        context.refuse(
            "GT-REGISTER-025",
            "A reporting lag is not counted in working days: it is how long it takes until the figure can be known.",
            "Write it in days or months, for example '45 days' or '2 months'.",
        )


def _fields(context: Context, request: AddIndicator) -> None:
    pack = context.shelf.in_force(context.work.framework(), context.effective_on)
    asked = pack.rules.fields_by_id if pack else {}
    for name, value in request.fields.items():
        if name not in asked:
            context.refuse(
                "GT-REGISTER-012",
                f"The pack asks for no field '{name}' of an indicator.{did_you_mean(name, asked)}",
                f"Its fields are: {', '.join(asked) or 'none'}.",
            )
        elif asked[name].type == "yes_no" and value not in ("yes", "no"):
            context.refuse(
                "GT-REGISTER-015",
                f"The field '{name}' cannot be '{value}'.",
                f"Give {name}=yes or {name}=no.",
            )
