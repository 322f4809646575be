"""Putting together what a judgement may look at: the figure in force, its target, and what was judged before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import msgspec

from engine.commands import FigureFields
from engine.judging.tolerances import Figure, tolerance_of
from engine.nouns import Nouns
from engine.packs.pack import Pack
from engine.states.series import Series, Standing
from events.kinds.register import IndicatorAdded
from events.kinds.statuses import TriggerMemory
from events.period import Period, parse_period
from rules.case import Case, Mute, Override, Past, Target
from rules.reading.breaks import COMPARED

_NO_FIGURE = FigureFields()


class Question(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Which period of which series is to be judged, and why."""

    indicator: IndicatorAdded
    service: str
    period: Period
    cause: str
    consequences: bool
    historic: bool
    on: date | None = None
    """The day of the judgement, which decides what is muted."""
    late: bool | None = None
    """Whether the figure came after its window had closed, or is missing though it has; None where nobody can say."""


def case_for(nouns: Nouns, pack: Pack, question: Question) -> Case:
    """The case of a period: its figure in force, or that there is none."""
    added, period = question.indicator, question.period
    series = nouns.series(added.indicator, question.service)
    name = str(period)
    standing = series.at(name)
    figure = standing.confirmed[0] if standing.confirmed else _NO_FIGURE
    rules = pack.rules
    earlier = series.judged_before(period, rules.reach)
    since = _comparable_since(nouns, pack, question)
    return Case(
        pack=pack.digest,
        period=name,
        figure=standing.basis,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        declared_status=figure.declared_status,
        reported_as=figure.reported_as,
        polarity=added.polarity,
        measured_in=added.measured_in,
        decimals=added.decimals,
        fields=added.fields,
        target=_target(nouns, pack, question, figure),
        history=_history(earlier, since),
        last_year=_last_year(series, period, since) if rules.asks_last_year else None,
        rated_before=series.rated_before(period, rules.judged) if rules.asks_first else None,
        late=question.late,
        override=_override(standing),
        cleared=standing.cleared,
        mutes=_mutes(nouns, question, standing.fired),
        indicator=added.indicator if rules.groups else "",
        service=question.service if rules.groups else "",
        triggers=_memory(earlier, question),
        consequences=question.consequences,
        cause=question.cause,
        historic=question.historic,
    )


def _comparable_since(nouns: Nouns, pack: Pack, question: Question) -> Period | None:
    """The first period that may be looked back at, where the pack begins anew with a version that is not comparable."""
    if pack.rules.across_breaks == COMPARED:
        return None
    return nouns.indicator(question.indicator.indicator).break_before(question.period)


def _history(earlier: Sequence[Standing], since: Period | None) -> tuple[Past, ...]:
    pasts = [each.past for each in earlier if each.past is not None]
    return tuple(pasts if since is None else [each for each in pasts if _counts(each, since)])


def _counts(past: Past, since: Period | None) -> bool:
    return since is None or parse_period(past.period) >= since


def _last_year(series: Series, period: Period, since: Period | None) -> Past | None:
    found = series.at(str(period.same_last_year())).past
    return found if found is not None and _counts(found, since) else None


def _memory(earlier: Sequence[Standing], question: Question) -> dict[str, TriggerMemory]:
    """What the period before left behind; nothing where that was history, of which nobody was ever asked anything."""
    before = earlier[-1].assessed if earlier else None
    if before is None or (before.historic and not question.historic):
        return {}
    return before.triggers


def _override(standing: Standing) -> Override | None:
    """The status that an officer set for the figure in force."""
    if standing.override is None or standing.overridden is None:
        return None
    set_, by = standing.overridden
    return Override(status=set_.status, by=by, reason=set_.reason)


def _mutes(nouns: Nouns, question: Question, fired: Collection[str]) -> dict[str, Mute]:
    """The mutes of this series that stand on the day; what fired for this period before stays as it was."""
    standing = nouns.framework().mutes
    if not standing or question.on is None:
        return {}
    return {
        trigger: Mute(by=mute.by, until=mute.until)
        for (trigger, indicator, service), mute in standing.items()
        if (indicator, service) == (question.indicator.indicator, question.service)
        and trigger not in fired
        and question.on <= mute.until
    }


def _target(nouns: Nouns, pack: Pack, question: Question, figure: Figure) -> Target | None:
    found = nouns.targets(question.indicator.indicator).for_period(question.period, question.service)
    if found is None:
        return None
    event, cite = found
    return Target(
        value=event.value,
        low=event.low,
        high=event.high,
        floor=event.floor,
        tolerance=tolerance_of(event, pack.rules, question.indicator, figure),
        cite=cite,
    )
