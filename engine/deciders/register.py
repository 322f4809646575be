"""The register by fixed rules: services, indicators, targets, meetings."""

from __future__ import annotations

import re

import msgspec

from engine.commands import AddIndicator, AddMeeting, AddService, CancelMeeting, SetTarget
from engine.context import Context
from engine.states.register import Indicator
from events import stream as streams
from events.errors import Invalid
from events.kinds.register import IndicatorAdded, MeetingAdded, MeetingCancelled, ServiceAdded, TargetSet
from events.nearest import did_you_mean
from events.period import MONTHS_IN, SPELLINGS, Period, kind_words, parse_period

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,39}")
"""Codes stand in references such as CH04/childrens/2026-Q2, so they hold no slash and no space."""
POLARITIES = ("higher", "lower", "in_band", "none")
KINDS = ("kpi", "spi", "statutory", "partner", "contextual")


def add_service(context: Context, request: AddService) -> None:
    """Add a service below a known parent."""
    context.need_governance_lead()
    labels = context.work.services().labels
    _code(context, "service", request.service)
    if request.service in labels:
        context.refuse(
            "GT-REGISTER-001",
            f"There is already a service '{request.service}'.",
            "Choose another code; 'goldenthread service list' shows those that are taken.",
        )
    if request.parent is not None and request.parent not in labels:
        context.refuse(
            "GT-REGISTER-002",
            f"There is no service '{request.parent}' to stand above it.{did_you_mean(request.parent, labels)}",
            "Add the upper service first: goldenthread service add SERVICE.",
        )
    context.settle()
    context.work.record(
        streams.SERVICES, ServiceAdded(service=request.service, label=request.label, parent=request.parent)
    )


def add_indicator(context: Context, request: AddIndicator) -> None:
    """Add an indicator with everything the pack asks of one."""
    context.need_governance_lead()
    _code(context, "indicator", request.indicator)
    if context.work.indicator(request.indicator).added is not None:
        context.refuse(
            "GT-REGISTER-003",
            f"There is already an indicator '{request.indicator}'.",
            "Choose another code; 'goldenthread indicator list' shows those that are taken.",
        )
    _one_of(context, "polarity", request.polarity, POLARITIES)
    _one_of(context, "frequency", request.frequency, tuple(MONTHS_IN))
    _one_of(context, "kind", request.kind, KINDS)
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
    if request.first_period is not None:
        _period(context, request.first_period, request.frequency)
    _fields(context, request)
    context.settle()
    context.work.record(
        streams.indicator(request.indicator), IndicatorAdded(**msgspec.structs.asdict(request))
    )


def set_target(context: Context, request: SetTarget) -> None:
    """Set a target that suits the indicator's polarity, from a period of the indicator's own kind."""
    context.need_governance_lead()
    indicator = _known(context, request.indicator)
    if indicator.added is not None:
        added = indicator.added
        _period(context, request.from_period, added.frequency)
        if request.service and request.service not in added.services:
            context.refuse(
                "GT-REGISTER-008",
                f"{request.indicator} is not returned by '{request.service}'.{did_you_mean(request.service, added.services)}",
                f"Its services are: {', '.join(added.services)}.",
            )
        if added.polarity == "in_band":
            if request.low is None or request.high is None or request.low > request.high:
                context.refuse(
                    "GT-REGISTER-009",
                    f"{request.indicator} is wanted within a band, so its target needs a lower and a higher edge.",
                    "Give --low and --high, the lower one first.",
                )
        elif request.value is None:
            context.refuse(
                "GT-REGISTER-010",
                f"The target of {request.indicator} needs a value.",
                "Give it with --value.",
            )
        elif request.low is not None or request.high is not None:
            context.refuse(
                "GT-REGISTER-020",
                f"{request.indicator} is not wanted within a band, so its target has no lower or higher edge.",
                "Give --value alone.",
            )
        _not_judged_yet(context, request, added.services)
    if request.tolerance is not None and request.tolerance < 0:
        context.refuse("GT-REGISTER-011", "A tolerance cannot be negative.", "Give zero or more.")
    context.settle()
    context.work.record(streams.targets(request.indicator), TargetSet(**msgspec.structs.asdict(request)))


def _not_judged_yet(context: Context, request: SetTarget, services: tuple[str, ...]) -> None:
    """A target never changes under a status that was given by another one."""
    try:
        start = parse_period(request.from_period)
    except Invalid:
        return  # told already
    concerned = (request.service,) if request.service else services
    judged = [
        period
        for service in concerned
        for text, standing in context.work.series(request.indicator, service).periods.items()
        if standing.assessed is not None
        and (period := parse_period(text)).kind == start.kind
        and period >= start
    ]
    if judged:
        context.refuse(
            "GT-REGISTER-019",
            f"{request.indicator} is already judged up to {max(judged)}; a target cannot change under a status.",
            f"Set it from {max(judged).next()} on.",
        )


def add_meeting(context: Context, request: AddMeeting) -> None:
    """Enter a meeting of a body of the pack."""
    _need_clerk_or_lead(context, request.body)
    _body(context, request.body)
    if request.on in context.work.meetings().days.get(request.body, ()):
        context.refuse(
            "GT-REGISTER-013",
            f"{request.body} already meets on {request.on.isoformat()}.",
            "'goldenthread meeting list' shows the meetings entered.",
        )
    context.settle()
    context.work.record(streams.MEETINGS, MeetingAdded(body=request.body, on=request.on))


def cancel_meeting(context: Context, request: CancelMeeting) -> None:
    """Take back a meeting that was entered."""
    _need_clerk_or_lead(context, request.body)
    days = context.work.meetings().days.get(request.body, ())
    if request.on not in days:
        known = ", ".join(day.isoformat() for day in days) or "none"
        context.refuse(
            "GT-REGISTER-014",
            f"{request.body} has no meeting on {request.on.isoformat()}.",
            f"Meetings entered: {known}.",
        )
    context.settle()
    context.work.record(streams.MEETINGS, MeetingCancelled(body=request.body, on=request.on))


def _code(context: Context, noun: str, code: str) -> None:
    if not CODE.fullmatch(code):
        context.refuse(
            "GT-REGISTER-004",
            f"'{code}' cannot be the code of a {noun}.",
            "Use up to 40 letters, digits, dots, hyphens and underscores, and no space or slash.",
        )


def _one_of(context: Context, what: str, word: str, allowed: tuple[str, ...]) -> None:
    if word not in allowed:
        context.refuse(
            "GT-REGISTER-007",
            f"'{word}' is not a {what}.{did_you_mean(word, allowed)}",
            f"It is one of: {', '.join(allowed)}.",
        )


def _known(context: Context, code: str) -> Indicator:
    indicator = context.work.indicator(code)
    if indicator.added is None:
        context.problems.append(context.shelf.unknown_indicator(code))
    return indicator


def _period(context: Context, text: str, frequency: str) -> Period | None:
    try:
        period = parse_period(text)
    except Invalid as invalid:
        context.problems.extend(invalid.problems)
        return None
    if period.kind != frequency:
        context.refuse(
            "GT-FIGURE-003",
            f"{text} is a {kind_words(period.kind)}, but this indicator is returned every {kind_words(frequency)}.",
            SPELLINGS,
        )
        return None
    return period


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


def _need_clerk_or_lead(context: Context, body: str) -> None:
    people = context.work.people()
    if not people.holds(context.command.actor, "clerk", context.effective_on, frozenset({body})):
        context.need_governance_lead()


def _body(context: Context, body: str) -> None:
    packs = context.shelf.all_of(context.work.framework())
    bodies = frozenset[str]().union(*(pack.organisation.bodies for pack in packs))
    if body not in bodies:
        context.refuse(
            "GT-REGISTER-016",
            f"The pack has no body '{body}'.{did_you_mean(body, bodies)}",
            f"Its bodies are: {', '.join(sorted(bodies))}.",
        )
