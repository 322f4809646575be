"""An officer's status in place of the computed one, where the pack says who may; the computed one stands beside it."""

from __future__ import annotations

from engine.commands import EndOverride, OverrideStatus
from engine.context import Context
from engine.packs.pack import Pack
from engine.states.series import Standing
from engine.surroundings import Surroundings
from events import stream as streams
from events.errors import Invalid
from events.kinds.statuses import OverrideEnded, StatusOverridden
from events.nearest import did_you_mean
from events.period import parse_period


def override_status(context: Context, request: OverrideStatus) -> None:
    """Set a status for the figure in force; it lapses when that figure is restated."""
    found = _found(context, request)
    if found is not None:
        pack, standing = found
        rules = pack.rules
        if request.status not in rules.judged:
            context.refuse(
                "GT-FIGURE-030",
                f"'{request.status}' is not a status of the pack {pack.name} that rates a figure."
                f"{did_you_mean(request.status, rules.judged)}",
                f"It is one of: {', '.join(each.id for each in rules.statuses if each.judged)}.",
            )
        elif standing.assessed is not None and standing.assessed.status == request.status:
            context.refuse(
                "GT-FIGURE-031",
                f"{_named(request)} is {rules.word(request.status)} already.",
                f"'goldenthread explain {_named(request)}' says why.",
            )
    context.settle()
    assert found is not None  # settle() has raised otherwise
    basis = found[1].basis
    assert basis is not None  # _found refuses a period without a figure
    context.work.record(
        streams.series(request.indicator, request.service),
        StatusOverridden(period=request.period, status=request.status, figure=basis, reason=request.reason),
    )


def end_override(context: Context, request: EndOverride) -> None:
    """Let what the rules give count again."""
    found = _found(context, request)
    if found is not None and found[1].overridden is None:
        context.refuse(
            "GT-FIGURE-032",
            f"No status set by an officer counts for {_named(request)}.",
            f"'goldenthread explain {_named(request)}' shows where its status comes from.",
        )
    context.settle()
    context.work.record(
        streams.series(request.indicator, request.service),
        OverrideEnded(period=request.period, reason=request.reason),
    )


def _found(context: Context, request: OverrideStatus | EndOverride) -> tuple[Pack, Standing] | None:
    """The pack that judges the period and how it stands; collects why nobody, or not this person, may."""
    try:
        period = parse_period(request.period)
    except Invalid as invalid:
        context.problems.extend(invalid.problems)
        return None
    work = context.work
    standing = work.series(request.indicator, request.service).at(request.period)
    pack = context.shelf.for_standing(work.framework(), period, standing.submission)
    if pack is None or standing.confirmed is None or standing.assessed is None:
        context.refuse(
            "GT-FIGURE-033",
            f"{_named(request)} has no confirmed figure that was judged, so there is no status to set otherwise.",
            "'goldenthread dashboard' shows the figures that are.",
        )
        return None
    by = pack.rules.override_by
    if by is None:
        context.refuse(
            "GT-FIGURE-034",
            f"The pack {pack.name} {pack.version} lets nobody set a status in place of the computed one.",
            "A version of it may: 'override_by' under 'status_from' names the role.",
        )
        return None
    _may(context, request, pack, by)
    return pack, standing


def _may(context: Context, request: OverrideStatus | EndOverride, pack: Pack, by: str) -> None:
    on, actor = context.effective_on, context.command.actor
    facts = Surroundings(
        context.work, context.shelf, pack, (request.indicator, request.service), on, today=context.today
    )
    able = facts.acts_for_body if by in pack.organisation.bodies else facts.holds
    if not able(actor, by, on):
        who = ", ".join(facts.who_may(by)) or "nobody at present: assign the role to somebody"
        context.refuse(
            "GT-FIGURE-035",
            f"A status is set otherwise by {pack.organisation.label(by)}; {actor} is not one on {on.isoformat()}.",
            f"Ask: {who}.",
        )


def _named(request: OverrideStatus | EndOverride) -> str:
    return f"{request.indicator}/{request.service}/{request.period}"
