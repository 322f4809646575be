"""Figures as the book holds them, read for many series at once and kept for as long as they are looked at.

An import asks about a million rows one after another: it names the figures of a chunk (`fetch`), which is one question
to the store, and then asks about each. What the file itself says is added, so that its later rows are seen beside its
earlier ones. Of each series only as much is kept as the checks look at, and of at most `MOST_SERIES` series.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from operator import attrgetter

import msgspec

from engine.commands import FigureFields
from engine.judging.tolerances import tolerance_of
from engine.packs.data_quality import ALL_ON, CHECKS, DataQuality
from engine.queries.quality.series import PeriodFigure, SeriesFigures
from engine.queries.reader import Reader
from engine.view import Row
from engine.views import SUBMISSIONS
from events import stream as streams
from events.kinds.register import IndicatorAdded, TargetSet
from events.period import MONTHS_IN, Period, parse_period
from rules.case import Past, Target
from rules.compared import ratio_of
from rules.exact import Ratio

MOST_SERIES = 5_000
ASKED_AT_ONCE = 200
"""So many indicators are asked for by name in one question."""
MOST_PERIODS = 400
"""So many periods are asked for by name; where it would be more, all are read."""
_SHORTEST = 9
_period = attrgetter("period")

Series = tuple[str, str]
FigureKey = tuple[str, str, str]
Span = tuple[Series, Period, Period]
"""A series, from a period on, to before another."""
Where = dict[str, str | int | Collection[str]]


class KnownFigures:
    """What a book, and a file on its way into it, say of some series."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._tails: dict[Series, list[PeriodFigure]] = {}
        self._series: dict[Series, SeriesFigures] = {}
        self._once: set[tuple[str, str, str]] = set()
        self._upto: dict[Series, Period] = {}
        self._reaches: dict[tuple[str, str], int] = {}
        self._targets: dict[str, Target] = {}

    # reading -------------------------------------------------------------------------------------------------
    def fetch(self, keys: Iterable[FigureKey]) -> None:
        """Read what stands before some figures, in few questions however many there are.

        Of a series that is known already only what lies after the last period asked for is read.
        """
        latest: dict[Series, Period] = {}
        earliest: dict[Series, Period] = {}
        for indicator, service, text in keys:
            series, period = (indicator, service), parse_period(text)
            latest[series] = max(latest.get(series, period), period)
            earliest[series] = min(earliest.get(series, period), period)
        codes = {series[0] for series in latest}
        self.reader.work.fetch(
            name for code in codes for name in (streams.indicator(code), streams.targets(code))
        )
        fresh = [series for series in latest if series not in self._tails]
        moved = [series for series in latest if series in self._tails and self._upto[series] < latest[series]]
        self._tails.update((series, []) for series in fresh)
        for spans in (
            [(each, earliest[each].shift(-self.reach(earliest[each])), latest[each]) for each in fresh],
            [(each, self._upto[each], latest[each]) for each in moved],
        ):
            for start in range(0, len(spans), ASKED_AT_ONCE):
                self._read(spans[start : start + ASKED_AT_ONCE])
        self._upto.update((series, latest[series]) for series in (*fresh, *moved))
        while len(self._tails) > MOST_SERIES:
            oldest = next(iter(self._tails))
            del self._tails[oldest], self._upto[oldest]
            self._series.pop(oldest, None)

    def _read(self, spans: Sequence[Span]) -> None:
        """Read the figures of some series, each from one period to before another."""
        where: Where = {
            "indicator": {span[0][0] for span in spans},
            "service": {span[0][1] for span in spans},
        }
        periods = _between(spans)
        if len(periods) <= MOST_PERIODS:
            where["period"] = periods
        wanted = {series: (first, last) for series, first, last in spans}
        for row in self.reader.rows(SUBMISSIONS, where):
            series = (str(row["indicator"]), str(row["service"]))
            span = wanted.get(series)
            figure = self.figure_of(row) if span is not None else None
            if figure is None or span is None or not span[0] <= figure.period < span[1]:
                continue
            tail = self._tails[series]
            at = bisect_left(tail, figure.period, key=_period)
            if at == len(tail) or tail[at].period != figure.period:  # what the file says goes before
                tail.insert(at, figure)

    def reach(self, period: Period) -> int:
        """How many periods before one the checks may look at."""
        pack = self.reader.pack_for(period)
        key = (period.kind, pack.digest if pack is not None else "")
        if key not in self._reaches:
            settings = pack.data_quality if pack is not None else ALL_ON
            self._reaches[key] = max(24 // MONTHS_IN[period.kind] + 1, _SHORTEST, _longest(settings))
        return self._reaches[key]

    # making figures ------------------------------------------------------------------------------------------
    def figure_of(self, row: Row) -> PeriodFigure | None:
        """A row of the view as a figure; None where none stands in it."""
        if not row["waiting"] and row["confirmed_on"] is None:
            return None
        added = self.reader.work.indicator(str(row["indicator"])).added
        value, numerator, denominator = (
            None if row[name] is None else Decimal(str(row[name]))
            for name in ("value", "numerator", "denominator")
        )
        declared = None if row["declared_status"] is None else str(row["declared_status"])
        given = FigureFields(
            value=value, numerator=numerator, denominator=denominator, declared_status=declared
        )
        if added is None or given == FigureFields():
            return None
        period, waiting = parse_period(str(row["period"])), bool(row["waiting"])
        return self.figure(added, str(row["service"]), period, given, waiting=waiting)

    def figure(
        self,
        added: IndicatorAdded,
        service: str,
        period: Period,
        given: FigureFields,
        *,
        waiting: bool = False,
    ) -> PeriodFigure:
        """A figure with the target and the pack of its period."""
        found = ratio_of(
            Past("", "", None, given.value, given.numerator, given.denominator), added.measured_in
        )
        set_ = self.reader.work.targets(added.indicator).for_period(period, service)
        pack = self.reader.pack_for(period)
        target = None if set_ is None else self._target(*set_)
        if set_ is not None and target is not None and given.declared_status is not None and pack is not None:
            tolerance = tolerance_of(set_[0], pack.rules, added, given)
            target = msgspec.structs.replace(target, tolerance=tolerance)
        return PeriodFigure(
            period=period,
            value=found if isinstance(found, Ratio) else None,
            numerator=given.numerator,
            denominator=given.denominator,
            declared=given.declared_status,
            target=target,
            target_from=None if set_ is None else parse_period(set_[0].from_period),
            pack=pack,
            waiting=waiting,
        )

    def _target(self, event: TargetSet, cite: str) -> Target:
        """A target without its tolerance, which hangs on the figure and is asked for where a status is declared."""
        if cite not in self._targets:
            self._targets[cite] = Target(value=event.value, low=event.low, high=event.high, floor=event.floor)
        return self._targets[cite]

    # what is kept --------------------------------------------------------------------------------------------
    def beside(self, added: IndicatorAdded, service: str, figure: PeriodFigure) -> tuple[SeriesFigures, int]:
        """Take a figure in that is not in the book yet; answers its series as far as it is kept, and its index there."""
        key = (added.indicator, service)
        if key not in self._tails:
            self.fetch([(*key, str(figure.period))])
        tail = self._tails[key]
        at = len(tail)
        if tail and not tail[-1].period < figure.period:
            at = bisect_left(tail, figure.period, key=_period)
        tail[at : at + (at < len(tail) and tail[at].period == figure.period)] = [figure]
        spare = min(len(tail) - 1 - self.reach(figure.period), at)
        if spare > 0:
            del tail[:spare]
            at -= spare
        if key not in self._series:
            self._series[key] = self.series(added, service, tail)
        return self._series[key], at

    def first_time(self, check: str, series: Series) -> bool:
        """Whether this is the first time that something is said of a series."""
        key = (check, *series)
        known = key in self._once
        self._once.add(key)
        return not known

    def series(self, added: IndicatorAdded, service: str, figures: Sequence[PeriodFigure]) -> SeriesFigures:
        """A series of these figures."""
        starts = self.reader.work.targets(added.indicator).starts
        of_series = tuple(sorted({*starts.get("", ()), *starts.get(service, ())}))
        return SeriesFigures(indicator=added, service=service, figures=figures, targets_from=of_series)


def _longest(settings: DataQuality) -> int:
    """How many figures the furthest check looks at."""
    return max(settings.option(name, option) for name, check in CHECKS.items() for option in check.options)


def _between(spans: Sequence[Span]) -> set[str]:
    """The periods from the first to the last of all spans, by kind; no more than are worth asking for by name."""
    found: set[str] = set()
    for kind in {first.kind for _, first, _ in spans}:
        period = min(first for _, first, _ in spans if first.kind == kind)
        end = max(last for _, _, last in spans if last.kind == kind)
        while period < end and len(found) <= MOST_PERIODS:
            found.add(str(period))
            period = period.next()
    return found
