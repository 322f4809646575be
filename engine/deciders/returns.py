"""What the figures of one indicator for one period have in common, looked up once for all services that return it."""

from __future__ import annotations

import msgspec

from engine.commands import Step
from engine.context import Context
from engine.deciders.retired import refuse_retired
from engine.figures import check_ended, lag_of
from engine.packs.pack import Pack
from events.errors import Invalid, Problem
from events.kinds.register import IndicatorAdded
from events.nearest import did_you_mean
from events.period import SPELLINGS, Period, kind_words, parse_period
from workflows.duration import Duration


class Common(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One indicator and one period, as every step of a return finds them."""

    added: IndicatorAdded
    lag: Duration | None
    """The indicator's reporting lag."""
    period: Period
    name: str
    """The period as it is written."""
    pack: Pack | None
    """The pack in force at its end."""
    early: tuple[Problem, ...]
    """Why nothing can be said about the period yet, under that pack."""


def common_of(context: Context, step: Step) -> Common | None:
    """What a figure has in common with others; or collect why it can be none, for each of them again."""
    key = step.indicator, step.subject
    found = context.common.get(key)
    if found is not None:
        if step.service in found.added.services:
            return found
        refuse_service(context, step, found.added)
        return None
    before = len(context.problems)
    found = _looked_up(context, step)
    if found is not None and len(context.problems) == before:
        context.common[key] = found
    return found


def refuse_service(context: Context, step: Step, added: IndicatorAdded) -> None:
    """Collect that a service does not return an indicator."""
    context.refuse(
        "GT-REGISTER-008",
        f"{step.indicator} is not returned by '{step.service}'.{did_you_mean(step.service, added.services)}",
        f"Its services are: {', '.join(added.services)}.",
    )


def _looked_up(context: Context, step: Step) -> Common | None:
    added = context.work.indicator(step.indicator).added
    if added is None:
        context.problems.append(context.shelf.unknown_indicator(step.indicator))
        return None
    refuse_retired(context, step.indicator)
    if step.service not in added.services:
        refuse_service(context, step, added)
        return None
    try:
        period = parse_period(step.subject)
    except Invalid as invalid:
        context.problems.extend(invalid.problems)
        return None
    if period.kind != added.frequency:
        context.refuse(
            "GT-FIGURE-003",
            f"{period} is a {kind_words(period.kind)}, but {step.indicator} is returned every "
            f"{kind_words(added.frequency)}.",
            SPELLINGS,
        )
        return None
    pack = context.shelf.for_period(context.work.framework(), period)
    return Common(
        added=added,
        lag=lag_of(added),
        period=period,
        name=str(period),
        pack=pack,
        early=() if pack is None else tuple(check_ended(period, pack, context.today, added)),
    )
