"""Putting together what a judgement may look at: the figure in force, its target, and what was judged before."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec
from msgspec.structs import replace

from engine.commands import FigureFields
from engine.judging.tolerances import Figure, tolerance_of
from engine.judging.trail import Trail
from engine.nouns import Nouns
from engine.packs.pack import Pack
from engine.states.framework import Framework
from engine.states.series import EMPTY, Series, Standing
from events.kinds.register import IndicatorAdded, TargetSet
from events.kinds.statuses import StatusAssessed, TriggerMemory
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
    """The case of one period: its figure in force, or that there is none."""
    cases = Cases(nouns, question.indicator.indicator, question.service)
    cases.turn_to(question.period)
    return cases.of(pack, question)


class Cases:
    """The cases of one series, period after period: whatever they have in common is looked up once."""

    def __init__(self, nouns: Nouns, indicator: str, service: str) -> None:
        self._nouns = nouns
        self._name = indicator, service
        self._framework = nouns.framework()
        self._entry = nouns.indicator(indicator)
        self._targets = nouns.targets(indicator)
        self._trail = Trail()
        self._common: tuple[Pack, IndicatorAdded, Case] | None = None
        self._aim: tuple[tuple[TargetSet, str], Target] | None = None
        self._series = Series()
        self._period = ""
        self._standing = EMPTY

    def turn_to(self, period: Period) -> Standing:
        """The next period that has something to be judged by, as it stands now; none in between may be left out."""
        series = self._series = self._nouns.series(*self._name)
        if self._period:
            self._trail.pass_by(series.at(self._period))
        self._period = str(period)
        self._standing = series.at(self._period)
        return self._standing

    def of(self, pack: Pack, question: Question) -> Case:
        """The case of the period turned to: its figure in force, or that there is none."""
        standing = self._standing
        figure = standing.confirmed[0] if standing.confirmed else _NO_FIGURE
        since = self._comparable_since(pack, question.period)
        behind = self._trail.behind(self._series, question.period, pack.rules.reach)
        case = replace(
            self._like(pack, question.indicator),
            period=self._period,
            figure=standing.basis,
            value=figure.value,
            numerator=figure.numerator,
            denominator=figure.denominator,
            declared_status=figure.declared_status,
            reported_as=figure.reported_as,
            target=self._target(pack, question, figure),
            history=tuple(behind if since is None else [each for each in behind if _counts(each, since)]),
            cleared=standing.cleared,
            triggers=_memory(self._trail.last, question),
            consequences=question.consequences,
            cause=question.cause,
            historic=question.historic,
        )
        rare = self._rarely_asked(pack, question, since)
        return replace(case, **rare) if rare else case

    def _like(self, pack: Pack, added: IndicatorAdded) -> Case:
        """What is so of every period that one pack judges, under one version of the indicator."""
        known = self._common
        if known is not None and known[0] is pack and known[1] is added:
            return known[2]
        like = Case(
            pack=pack.digest,
            period="",
            polarity=added.polarity,
            measured_in=added.measured_in,
            decimals=added.decimals,
            fields=added.fields,
            indicator=added.indicator if pack.rules.groups else "",
            service=self._name[1] if pack.rules.groups else "",
        )
        self._common = pack, added, like
        return like

    def _target(self, pack: Pack, question: Question, figure: Figure) -> Target | None:
        found = self._targets.for_period(question.period, self._name[1])
        if found is None:
            return None
        if self._aim is None or self._aim[0] is not found:
            event, cite = found
            self._aim = (
                found,
                Target(value=event.value, low=event.low, high=event.high, floor=event.floor, cite=cite),
            )
        target, tolerance = self._aim[1], found[0].tolerance
        if tolerance is None:
            return target
        return replace(target, tolerance=tolerance_of(found[0], pack.rules, question.indicator, figure))

    def _rarely_asked(self, pack: Pack, question: Question, since: Period | None) -> dict[str, object]:
        """What few rules ask about and few periods have, apart: Python takes far longer over more than 15 names at once."""
        rules, rare = pack.rules, dict[str, object]()
        if rules.asks_last_year:
            rare["last_year"] = _last_year(self._series, question.period, since)
        if rules.asks_first:
            rare["rated_before"] = self._series.rated_before(question.period, rules.judged)
        if question.late is not None:
            rare["late"] = question.late
        if self._standing.override is not None:
            rare["override"] = _override(self._standing)
        if self._framework.mutes:
            rare["mutes"] = _mutes(self._framework, question, self._standing.fired)
        return rare

    def _comparable_since(self, pack: Pack, period: Period) -> Period | None:
        """The first period that may be looked back at, where the pack begins anew with a version that is not comparable."""
        return None if pack.rules.across_breaks == COMPARED else self._entry.break_before(period)


def _counts(past: Past, since: Period | None) -> bool:
    return since is None or parse_period(past.period) >= since


def _last_year(series: Series, period: Period, since: Period | None) -> Past | None:
    found = series.at(str(period.same_last_year())).past
    return found if found is not None and _counts(found, since) else None


def _memory(before: StatusAssessed | None, question: Question) -> dict[str, TriggerMemory]:
    """What the period before left behind; nothing where that was history, of which nobody was ever asked anything."""
    if before is None or (before.historic and not question.historic):
        return {}
    return before.triggers


def _override(standing: Standing) -> Override | None:
    """The status that an officer set for the figure in force."""
    if standing.override is None or standing.overridden is None:
        return None
    set_, by = standing.overridden
    return Override(status=set_.status, by=by, reason=set_.reason)


def _mutes(framework: Framework, question: Question, fired: Collection[str]) -> dict[str, Mute]:
    """The mutes of this series that stand on the day; what fired for this period before stays as it was."""
    if question.on is None:
        return {}
    return {
        trigger: Mute(by=mute.by, until=mute.until)
        for (trigger, indicator, service), mute in framework.mutes.items()
        if (indicator, service) == (question.indicator.indicator, question.service)
        and trigger not in fired
        and question.on <= mute.until
    }
