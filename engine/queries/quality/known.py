"""Figures as the book holds them, read for many series at once and kept for as long as they are looked at.

An import asks about a million rows one after another: it names the figures of a chunk (`fetch`), which is one question
to the store, and then asks about each. What the file itself says is added, so that its later rows are seen beside its
earlier ones. Of each series only as much is kept as the checks look at, and of at most `MOST_SERIES` series.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable
from decimal import Decimal
from operator import attrgetter

from engine.packs.data_quality import ALL_ON, CHECKS, DataQuality
from engine.queries.quality.series import PeriodFigure, SeriesFigures
from engine.queries.reader import Reader
from engine.view import Row
from engine.views import SUBMISSIONS
from events import stream as streams
from events.kinds.register import IndicatorAdded, TargetSet
from events.period import MONTHS_IN, Period, parse_period
from rules.case import Case, Target
from rules.compared import value_of
from rules.exact import Ratio

MOST_SERIES = 5_000
ASKED_AT_ONCE = 200
"""So many indicators are asked for by name in one question."""
_SHORTEST = 9
_period = attrgetter("period")

Series = tuple[str, str]
FigureKey = tuple[str, str, str]


class KnownFigures:
    """What a book, and a file on its way into it, say of some series."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._tails: dict[Series, list[PeriodFigure]] = {}
        self._once: set[tuple[str, str, str]] = set()

    def fetch(self, keys: Iterable[FigureKey]) -> None:
        """Read what stands before some figures, in few questions however many there are."""
        wanted: dict[str, dict[str, set[Period]]] = {}
        for indicator, service, period in keys:
            if (indicator, service) not in self._tails:
                wanted.setdefault(indicator, {}).setdefault(service, set()).add(parse_period(period))
        self.reader.work.fetch(
            name for code in wanted for name in (streams.indicator(code), streams.targets(code))
        )
        codes = list(wanted)
        for start in range(0, len(codes), ASKED_AT_ONCE):
            self._read({code: wanted[code] for code in codes[start : start + ASKED_AT_ONCE]})
        while len(self._tails) > MOST_SERIES:
            del self._tails[next(iter(self._tails))]

    def _read(self, wanted: dict[str, dict[str, set[Period]]]) -> None:
        services = {service for each in wanted.values() for service in each}
        periods = {
            str(before) for each in wanted.values() for named in each.values() for before in self._back(named)
        }
        where: dict[str, str | int | Collection[str]] = {
            "indicator": set(wanted), "service": services, "period": periods,
        }  # fmt: skip
        for code, each in wanted.items():
            for service in each:
                self._tails[code, service] = []
        for row in self.reader.rows(SUBMISSIONS, where):
            series = str(row["indicator"]), str(row["service"])
            figure = self.figure_of(row) if series in self._tails else None
            if figure is not None:
                self._tails[series].append(figure)
        for code, each in wanted.items():
            for service in each:
                self._tails[code, service].sort(key=_period)

    def _back(self, periods: Collection[Period]) -> Iterable[Period]:
        """The periods that the checks of these figures may look at."""
        for period in periods:
            yield from (period.shift(-back) for back in range(1, self._reach(period) + 1))

    def _reach(self, period: Period) -> int:
        return max(2 * 12 // MONTHS_IN[period.kind] + 1, _SHORTEST, longest(self.settings(period)))

    def settings(self, period: Period) -> DataQuality:
        """What the pack in force at the end of a period says of the checks."""
        pack = self.reader.pack_for(period)
        return pack.data_quality if pack is not None else ALL_ON

    def figure_of(self, row: Row) -> PeriodFigure | None:
        """A row of the view as a figure; None where none stands in it."""
        if not row["waiting"] and row["confirmed_on"] is None:
            return None
        added = self.reader.work.indicator(str(row["indicator"])).added
        if added is None:
            return None
        numbers = {name: row[name] for name in ("value", "numerator", "denominator")}
        declared = row["declared_status"]
        if declared is None and all(number is None for number in numbers.values()):
            return None
        return self.figure(
            added,
            str(row["service"]),
            parse_period(str(row["period"])),
            **{name: None if text is None else Decimal(str(text)) for name, text in numbers.items()},
            declared=None if declared is None else str(declared),
            waiting=bool(row["waiting"]),
        )

    def figure(
        self,
        added: IndicatorAdded,
        service: str,
        period: Period,
        *,
        value: Decimal | None,
        numerator: Decimal | None,
        denominator: Decimal | None,
        declared: str | None,
        waiting: bool = False,
    ) -> PeriodFigure:
        """A figure with the target and the pack of its period."""
        case = Case(
            pack="",
            period="",
            value=value,
            numerator=numerator,
            denominator=denominator,
            measured_in=added.measured_in,
        )
        found = value_of(case)
        target = self.reader.work.targets(added.indicator).for_period(period, service)
        return PeriodFigure(
            period=period,
            value=found if isinstance(found, Ratio) else None,
            numerator=numerator,
            denominator=denominator,
            declared=declared,
            target=None if target is None else _target(target[0]),
            target_from=None if target is None else parse_period(target[0].from_period),
            pack=self.reader.pack_for(period),
            waiting=waiting,
        )

    def before(self, series: Series, period: Period) -> list[PeriodFigure]:
        """The figures of a series before a period, as far as they are kept."""
        if series not in self._tails:
            self.fetch([(*series, str(period))])
        tail = self._tails[series]
        return tail[: bisect_left(tail, period, key=_period)]

    def add(self, series: Series, figure: PeriodFigure) -> None:
        """Take in a figure that is not in the book yet."""
        tail = self._tails.setdefault(series, [])
        index = bisect_left(tail, figure.period, key=_period)
        tail[index : index + (index < len(tail) and tail[index].period == figure.period)] = [figure]
        del tail[: -self._reach(figure.period)]

    def first_time(self, check: str, series: Series) -> bool:
        """Whether this is the first time that something is said of a series."""
        key = (check, *series)
        known = key in self._once
        self._once.add(key)
        return not known

    def targets_from(self, indicator: str, service: str) -> tuple[Period, ...]:
        """The periods from which targets of a series were set."""
        starts = self.reader.work.targets(indicator).starts
        return tuple(sorted({*starts.get("", ()), *starts.get(service, ())}))

    def series(self, added: IndicatorAdded, service: str, figures: list[PeriodFigure]) -> SeriesFigures:
        """A series of these figures."""
        return SeriesFigures(
            indicator=added,
            service=service,
            figures=figures,
            targets_from=self.targets_from(added.indicator, service),
        )


def longest(settings: DataQuality) -> int:
    """How many figures the furthest check looks at."""
    return max(settings.option(name, option) for name, check in CHECKS.items() for option in check.options)


def _target(event: TargetSet) -> Target:
    return Target(
        value=event.value, low=event.low, high=event.high, floor=event.floor, tolerance=event.tolerance
    )
