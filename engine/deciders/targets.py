"""Setting targets: one, a profile of several, or a trajectory; a target that changes judged periods judges them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from engine.commands import SetTarget, SetTargets
from engine.context import Context
from engine.deciders.indicators import known_indicator, own_period
from engine.deciders.register import check_word
from engine.deciders.retired import refuse_retired
from engine.judging.series import Rejudge, rejudge
from engine.limits import check_reachable
from engine.states.register import Targets
from events import stream as streams
from events.fact import Fact
from events.kinds.register import IndicatorAdded, TargetSet
from events.nearest import did_you_mean
from events.number import plain
from events.period import Period, parse_period
from events.schema import Event
from workflows.definition import SERIES

CHANGES_TARGET = "target_changed"
"""The effect of the step with which a proposed target is set."""
TOLERANCES = ("percent", "units")
"""What a tolerance may be counted in: percent of the target, or units of the indicator."""
NO_TOLERANCE = "none"
"""In place of a unit: the tolerance that applied before is dropped."""


def set_target(context: Context, request: SetTarget) -> None:
    """Set one target."""
    _set(context, request.indicator, (request,))


def set_targets(context: Context, request: SetTargets) -> None:
    """Set a profile: several targets of one indicator, all or none."""
    _set(context, request.indicator, request.targets)


def _set(context: Context, code: str, wanted: Sequence[SetTarget]) -> None:
    context.need_governance_lead()
    added = known_indicator(context, code)
    if added is not None:
        refuse_retired(context, code, "targets")
        for each in wanted:
            _check(context, each, added)
    _check_once(context, wanted)
    if added is None or context.problems:
        context.settle()
        return
    _left_to_a_workflow(context, added, wanted)
    again = _judged_otherwise(context, added, _events(context, wanted, added))
    if again and not all(each.reason for each in wanted):
        last = max(period for periods in again.values() for period in periods)
        context.refuse(
            "GT-REGISTER-019",
            f"{code} is already judged up to {last}: with this target it would be judged again.",
            f"Say why with --reason, or set it from {last.next()} on.",
        )
    context.settle()
    record_targets(context, added, wanted)


def check_target(context: Context, request: SetTarget) -> IndicatorAdded | None:
    """Collect every reason against one target, as it would be refused when it is set; answers its indicator."""
    added = known_indicator(context, request.indicator)
    if added is None:
        return None
    refuse_retired(context, request.indicator, "targets")
    _check(context, request, added)
    return added


def record_targets(
    context: Context, added: IndicatorAdded, wanted: Sequence[SetTarget], caused_by: str | None = None
) -> list[Fact[Event]]:
    """Set targets that nothing stands against, and judge again what they change; answers the facts, oldest first."""
    code = added.indicator
    events = _events(context, wanted, added)
    again = _judged_otherwise(context, added, events)
    facts: list[Fact[Event]] = [
        context.work.record(streams.targets(code), _marked(event, again), caused_by=caused_by)
        for event in events
    ]
    for service, changed in again.items():
        order = Rejudge(
            indicator=code, service=service, start=changed[0], cause="target", caused_by=facts[0].ref
        )
        facts += rejudge(context.work, context.shelf, order)
    return facts


def _left_to_a_workflow(context: Context, added: IndicatorAdded, wanted: Sequence[SetTarget]) -> None:
    """A first target is set by hand; over one there is, a pack that has a workflow for that decides by it."""
    pack = context.shelf.in_force(context.work.framework(), context.effective_on)
    workflows = pack.workflows.values() if pack else ()
    decides = next((each for each in workflows if any(s.effect == CHANGES_TARGET for s in each.steps)), None)
    held = context.work.targets(added.indicator)
    over = [each for each in wanted if _stands(held, each, added)]
    if pack is None or decides is None or not over:
        return
    code = added.indicator
    about = f"{code}/{over[0].service or added.services[0]}" if decides.about == SERIES else code
    context.refuse(
        "GT-REGISTER-440",
        f"{code} has a target for {over[0].from_period} already, and {pack.name} decides on another one by the workflow "
        f"'{decides.name}'.",
        f"Propose it there: goldenthread matter begin {decides.name} {about} --from-period {over[0].from_period} --why REASON.",
    )


def _stands(held: Targets, request: SetTarget, added: IndicatorAdded) -> bool:
    """Whether a target applies already where this one would."""
    period = parse_period(request.from_period)
    services = (request.service,) if request.service else added.services
    return any(held.for_period(period, service) is not None for service in services)


def _marked(event: TargetSet, again: Mapping[str, Sequence[Period]]) -> TargetSet:
    """The target with the last of its periods, service by service, whose outcome is known already."""
    start = parse_period(event.from_period)
    known = {
        service: str(max(periods))
        for service, changed in again.items()
        if event.service in ("", service) and (periods := [each for each in changed if each >= start])
    }
    return msgspec.structs.replace(event, outcome_known=known) if known else event


def _check(context: Context, request: SetTarget, added: IndicatorAdded) -> Period | None:
    """Every reason against one target."""
    period = own_period(context, request.from_period, added.frequency)
    if request.service and request.service not in added.services:
        context.refuse(
            "GT-REGISTER-008",
            f"{request.indicator} is not returned by '{request.service}'.{did_you_mean(request.service, added.services)}",
            f"Its services are: {', '.join(added.services)}.",
        )
    _check_numbers(context, request, added)
    _check_bases(context, request, added)
    context.problems.extend(check_reachable(request, added))
    _check_tolerance(context, request)
    return period


def _check_tolerance(context: Context, request: SetTarget) -> None:
    number, counted_in = request.tolerance, request.tolerance_in
    if number is not None and number < 0:
        context.refuse("GT-REGISTER-011", "A tolerance cannot be negative.", "Give zero or more.")
    if counted_in == NO_TOLERANCE and number is not None:
        context.refuse(
            "GT-REGISTER-210",
            f"The tolerance of {request.indicator} is to be {plain(number)} and dropped at once.",
            "Give the number with its unit, or 'none' alone.",
        )
    elif counted_in and counted_in != NO_TOLERANCE:
        check_word(context, "unit of a tolerance", counted_in, TOLERANCES)


def _check_numbers(context: Context, request: SetTarget, added: IndicatorAdded) -> None:
    if added.polarity == "in_band":
        if request.low is None or request.high is None or request.low > request.high:
            context.refuse(
                "GT-REGISTER-009",
                f"{request.indicator} is wanted within a band, so its target needs a lower and a higher edge.",
                "Give --low and --high, the lower one first.",
            )
    elif request.value is None and not request.bases:
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


def _check_bases(context: Context, request: SetTarget, added: IndicatorAdded) -> None:
    if not request.bases:
        return
    if request.value is not None:
        context.refuse(
            "GT-REGISTER-021",
            f"The target of {request.indicator} is given twice: as a value, and as the hardest of several.",
            "Give --value, or --hardest-of once for each.",
        )
    if added.polarity not in ("higher", "lower"):
        context.refuse(
            "GT-REGISTER-022",
            f"Which target of {request.indicator} is the hardest cannot be said: neither higher nor lower is better.",
            "Choose one, and give it by itself.",
        )


def _check_once(context: Context, wanted: Sequence[SetTarget]) -> None:
    seen: set[tuple[str, str]] = set()
    for each in wanted:
        key = (each.service, each.from_period)
        if key in seen:
            context.refuse(
                "GT-REGISTER-023",
                f"{each.from_period} has two targets here.",
                "Give each period once.",
            )
        seen.add(key)


def _events(context: Context, wanted: Sequence[SetTarget], added: IndicatorAdded) -> list[TargetSet]:
    held = context.work.targets(added.indicator)
    return [_event(with_tolerance(each, held), added) for each in wanted]


def with_tolerance(request: SetTarget, held: Targets) -> SetTarget:
    """The request with the tolerance it will have: its own, or the one that applied before, unless that is dropped."""
    if request.tolerance is not None:
        return request
    found = None
    if request.tolerance_in != NO_TOLERANCE:
        found = held.for_period(parse_period(request.from_period), request.service)
    tolerance, counted_in = (found[0].tolerance, found[0].tolerance_in) if found else (None, "")
    return msgspec.structs.replace(
        request, tolerance=tolerance, tolerance_in=counted_in if tolerance is not None else ""
    )


def _event(request: SetTarget, added: IndicatorAdded) -> TargetSet:
    """What is recorded; of several bases the hardest is the target, the first of equals."""
    event = TargetSet(**msgspec.structs.asdict(request))
    if not request.bases:
        return event
    harder = max if added.polarity == "higher" else min
    basis = harder(request.bases, key=lambda name: request.bases[name])
    value: Decimal = request.bases[basis]
    return msgspec.structs.replace(event, value=value, basis=basis)


def _judged_otherwise(
    context: Context, added: IndicatorAdded, events: Sequence[TargetSet]
) -> dict[str, list[Period]]:
    """Service → its judged periods that would have another target now, oldest first.

    Every series is read, so that no figure can be confirmed at the same instant against the old target.
    """
    code = added.indicator
    context.work.fetch(streams.series(code, service) for service in added.services)
    before = context.work.targets(code)
    after = before.copy()
    for event in events:
        after.add(event, "")
    found = {service: _differing(context, code, service, before, after) for service in added.services}
    return {service: periods for service, periods in found.items() if periods}


def _differing(context: Context, code: str, service: str, before: Targets, after: Targets) -> list[Period]:
    judged = context.work.series(code, service).judged
    return [p for p in judged if before.for_period(p, service) != after.for_period(p, service)]
