"""Putting together what a judgement may look at: the figure in force, its target, and what was judged before."""

from __future__ import annotations

from dataclasses import dataclass

from engine.nouns import Nouns
from engine.packs.pack import Pack
from events.kinds.register import IndicatorAdded
from events.kinds.statuses import RecentStatus
from events.period import Period
from rules.case import Case, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which period of which series is to be judged, and why."""

    indicator: IndicatorAdded
    service: str
    period: Period
    cause: str
    consequences: bool
    historic: bool


def case_for(nouns: Nouns, pack: Pack, question: Question) -> Case:
    """The case of a period that has a confirmed figure. Raises ValueError for one that has none."""
    added, period = question.indicator, question.period
    series = nouns.series(added.indicator, question.service)
    confirmed = series.at(str(period)).confirmed
    if confirmed is None:
        raise ValueError(f"{period} has no confirmed figure")
    figure, cite = confirmed
    earlier = series.judged_before(period)
    lookback = earlier[-pack.rules.lookback :] if pack.rules.lookback else []
    return Case(
        pack=pack.digest,
        period=str(period),
        figure=cite,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        declared_status=figure.declared_status,
        reported_as=figure.reported_as,
        polarity=added.polarity,
        measured_in=added.measured_in,
        decimals=added.decimals,
        fields=added.fields,
        target=_target(nouns, added.indicator, question.service, period),
        history=tuple(RecentStatus(str(at), judged.status, judged.compared) for at, judged in lookback),
        triggers=earlier[-1][1].triggers if earlier else {},
        consequences=question.consequences,
        cause=question.cause,
        historic=question.historic,
    )


def _target(nouns: Nouns, indicator: str, service: str, period: Period) -> Target | None:
    found = nouns.targets(indicator).for_period(period, service)
    if found is None:
        return None
    event, cite = found
    return Target(
        value=event.value,
        low=event.low,
        high=event.high,
        floor=event.floor,
        tolerance=event.tolerance,
        cite=cite,
    )
