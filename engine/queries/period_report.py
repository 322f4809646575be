"""A closed period's report as it was frozen, and what has become otherwise since: beside it, never in its place.

A closing keeps the digest of what the report held. The report itself is read from the record as it stood at that event,
and must give the same digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from engine.closing.report import ReportLine, digest_of, report_lines
from engine.handle import Engine
from engine.packs.pack import Pack
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.sentences import fetch_texts, sentence
from engine.queries.shown import figure_shown, number_shown
from engine.views import INDICATORS, STATUSES
from events import stream as streams
from events.errors import Broken, NotFound, Problem
from events.fact import Fact
from events.kinds.figures import (
    FigureAbsent,
    FigureConfirmed,
    FigureEntered,
    RestatementProposed,
    RestatementWithdrawn,
)
from events.kinds.periods import PeriodClosed
from events.kinds.register import TargetSet
from events.kinds.statuses import OverrideEnded, StatusOverridden
from events.period import Period, parse_period
from events.schema import Event

_OF_A_PERIOD = (
    FigureEntered,
    FigureConfirmed,
    FigureAbsent,
    RestatementProposed,
    RestatementWithdrawn,
    StatusOverridden,
    OverrideEnded,
)
_NOTHING = "–"


class SinceLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was recorded about a period after it was closed."""

    position: int
    on: date
    sentence: str


class FrozenLine(msgspec.Struct, frozen=True, kw_only=True):
    """One series: as it was frozen, and as it is now where that is otherwise."""

    series: str
    status: str
    """As people call it; a dash where it did not stand in the report."""
    figure: str
    target: str
    changed: bool
    now_status: str = ""
    now_figure: str = ""
    now_target: str = ""
    since: tuple[SinceLine, ...] = ()
    """What was recorded after the period was closed, oldest first."""


class PeriodReport(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen report, and what has changed since."""

    period: str
    closed_on: date
    closed_by: str
    position: int
    """The event of the closing."""
    digest: str
    """SHA-256 of what it holds; found again from the record."""
    missing: tuple[str, ...]
    because: str
    lines: tuple[FrozenLine, ...]

    @property
    def changed(self) -> int:
        """How many series are otherwise now."""
        return sum(line.changed for line in self.lines)


class ClosedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A closed period."""

    period: str
    closed_on: date
    closed_by: str
    series: int
    missing: int
    digest: str
    position: int


def closings(engine: Engine, *, names: Names, at: int | None = None) -> list[ClosedLine]:
    """Every closed period, the last closed one last."""
    return [
        ClosedLine(
            period=event.period,
            closed_on=fact.effective_on,
            closed_by=closed_by(fact, event, names),
            series=event.series,
            missing=len(event.missing),
            digest=event.report,
            position=fact.position,
        )
        for fact, event in closing_facts(Reader(engine, at))
    ]


def closing_facts(reader: Reader) -> Iterator[tuple[Fact[Event], PeriodClosed]]:
    """The closings of a book, oldest first."""
    for fact in reader.facts_of(streams.PERIODS):
        if isinstance(fact.event, PeriodClosed):
            yield fact, fact.event


def closing_of(reader: Reader, period: str) -> tuple[Fact[Event], PeriodClosed] | None:
    """The closing of one period; None where it is not closed."""
    if period not in reader.work.periods().closed:
        return None
    return next((each for each in closing_facts(reader) if each[1].period == period), None)


def period_report(engine: Engine, text: str, *, names: Names, at: int | None = None) -> PeriodReport:
    """The report of a closed period. Raises NotFound where it is not closed, Broken where the record gives another."""
    reader, period = Reader(engine, at), parse_period(text)
    found = closing_of(reader, str(period))
    if found is None:
        raise NotFound.of(
            "GT-PERIOD-434",
            f"{period} is not closed, so no report of it is frozen.",
            f"'goldenthread period show {period}' says what is missing; 'goldenthread dashboard' shows it as it is.",
        )
    fact, event = found
    frozen = _frozen(engine, fact, event)
    now = report_lines(reader.of_period(STATUSES, period))
    return PeriodReport(
        period=str(period),
        closed_on=fact.effective_on,
        closed_by=closed_by(fact, event, names),
        position=fact.position,
        digest=event.report,
        missing=tuple(names.told(each) for each in event.missing),
        because=names.text(event.because) if event.because else "",
        lines=tuple(_Beside(reader, fact, event, period, names).lines(frozen, now)),
    )


def _frozen(engine: Engine, fact: Fact[Event], event: PeriodClosed) -> tuple[ReportLine, ...]:
    lines = report_lines(Reader(engine, fact.position).of_period(STATUSES, parse_period(event.period)))
    if digest_of(event.period, lines, event.missing) != event.report:
        raise Broken(
            Problem(
                code="GT-PERIOD-435",
                sentence=f"The report of {event.period} that was frozen by event {fact.position} is not what the record gives.",
                fix="Run 'goldenthread audit verify' and 'goldenthread audit replay'; a view may have to be filled again.",
            )
        )
    return lines


def closed_by(fact: Fact[Event], event: PeriodClosed, names: Names) -> str:
    """Who closed a period, and for which body."""
    who = names.acted(fact.actor, event.acting_for)
    return f"{event.on_behalf_of} (through {who})" if event.on_behalf_of else who


class _Beside:
    """Sets what is now beside what was frozen."""

    def __init__(
        self, reader: Reader, closing: Fact[Event], event: PeriodClosed, period: Period, names: Names
    ) -> None:
        self._reader = reader
        self._closing = closing
        self._event = event
        self._period = period
        self._names = names
        self._register = {str(row["indicator"]): row for row in reader.rows(INDICATORS)}

    def lines(self, frozen: Sequence[ReportLine], now: Sequence[ReportLine]) -> Iterator[FrozenLine]:
        """Every series that stood in the report, or stands in it now."""
        then, since = ({line.series: line for line in lines} for lines in (frozen, now))
        for series in sorted({*then, *since}):
            yield self._line(series, then.get(series), since.get(series))

    def _line(self, series: str, then: ReportLine | None, now: ReportLine | None) -> FrozenLine:
        was, is_ = self._shown(then), self._shown(now)
        changed = was != is_ or (then is not None and now is not None and then.value != now.value)
        after = self._after(series) if changed else ()
        return FrozenLine(
            series=series,
            status=was[0],
            figure=was[1],
            target=was[2],
            changed=changed,
            now_status=is_[0] if changed else "",
            now_figure=is_[1] if changed else "",
            now_target=is_[2] if changed else "",
            since=after,
        )

    def _shown(self, line: ReportLine | None) -> tuple[str, str, str]:
        if line is None:
            return _NOTHING, _NOTHING, _NOTHING
        register = self._register.get(line.indicator)
        unit = str(register["measured_in"]) if register else "number"
        decimals = int(register["decimals"] or 0) if register else 0
        figure = figure_shown(unit, decimals, value=line.value, apart_from=(line.target,))
        return self._word(line.status), figure, number_shown(line.target, unit)

    def _word(self, status: str) -> str:
        pack: Pack = self._reader.shelf.pack(self._event.pack)
        known = pack.rules.by_id.get(status)
        return known.label if known is not None and known.label else status.replace("_", " ")

    def _after(self, series: str) -> tuple[SinceLine, ...]:
        """What was recorded about this series' period since, in the words of the record."""
        indicator, _, service = series.partition("/")
        own = self._reader.facts_of(streams.series(indicator, service))
        facts = [
            fact
            for fact in own
            if isinstance(fact.event, _OF_A_PERIOD) and fact.event.period == str(self._period)
        ]
        facts += [
            fact
            for fact in self._reader.facts_of(streams.targets(indicator))
            if isinstance(fact.event, TargetSet)
            and fact.event.service in ("", service)
            and _bears(fact.event.from_period, self._period)
        ]
        later = sorted(
            (fact for fact in facts if fact.position > self._closing.position), key=lambda fact: fact.position
        )
        fetch_texts(later, self._names)
        return tuple(
            SinceLine(position=fact.position, on=fact.effective_on, sentence=sentence(fact, self._names))
            for fact in later
        )


def _bears(start: str, period: Period) -> bool:
    """Whether a target from one period on bears on another."""
    first = parse_period(start)
    return first.kind == period.kind and first <= period
