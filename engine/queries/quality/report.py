"""The data-quality report: every figure of a book that should be looked at again, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from engine.handle import Engine
from engine.queries.known import check_known
from engine.queries.quality.check import FIGURE, RUN, Remark
from engine.queries.quality.known import KnownFigures
from engine.queries.quality.looking import look_at
from engine.queries.quality.reading import Unseen, ends_of, series_of
from engine.queries.quality.series import SeriesFigures
from engine.queries.reader import Reader
from engine.view import Row
from engine.views import INDICATORS
from events import stream as streams
from events.period import Period, parse_period

Progress = Callable[[int, int], None]
"""Called after each indicator with (indicators looked at, indicators)."""


class QualityLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something to look at again."""

    check: str
    """Its name, as a pack switches it."""
    code: str
    severity: str
    indicator: str
    title: str
    service: str
    period: str
    sentence: str
    fix: str
    waiting: bool
    """The figure waits for confirmation: it can still be corrected without a restatement."""


def data_quality(
    engine: Engine,
    *,
    indicator: str | None = None,
    service: str | None = None,
    period: str | None = None,
    at: int | None = None,
    progress: Progress | None = None,
) -> list[QualityLine]:
    """Look over all figures, those that wait included, by indicator, service and period.

    One indicator is in memory at a time. What stays as it is from period to period is told once: at the last figure
    of a run, or at the latest of its series. Raises NotFound for an unknown indicator or service, and Invalid for what
    is no period.
    """
    reader = Reader(engine, at)
    check_known(reader, indicator=indicator, service=service)
    wanted = parse_period(period) if period is not None else None
    where = {"indicator": indicator} if indicator is not None else None
    register = reader.rows(INDICATORS, where, order_by=("indicator",))
    reader.work.fetch(
        name for row in register for name in (streams.indicator(str(row["indicator"])), streams.targets(str(row["indicator"])))
    )  # fmt: skip
    lines: list[QualityLine] = []
    for done, row in enumerate(register, 1):
        said = _looked(KnownFigures(reader), str(row["indicator"]), service, wanted)
        lines += [_line(series, remark, row) for series, remark in said]
        if progress is not None:
            progress(done, len(register))
    return lines


def _looked(
    known: KnownFigures, code: str, service: str | None, period: Period | None
) -> Iterator[tuple[SeriesFigures, Remark]]:
    """What is said of each series of an indicator, or of one period of it."""
    if period is None:
        for series in series_of(known, code, service):
            yield from ((series, remark) for remark in remarks(series))
        return
    for end in ends_of(known, code, service, period):
        try:
            yield from [(end, remark) for remark in look_at(end, len(end.figures) - 1)]
        except Unseen:  # a long run, or figures far apart
            for series in series_of(known, code, end.service):
                yield from ((series, remark) for remark in remarks(series, str(period)))


def remarks(series: SeriesFigures, period: str | None = None) -> list[Remark]:
    """What is said of a series, or of one period of it; what goes on is said once."""
    asked = [at for at, figure in enumerate(series.figures) if period is None or str(figure.period) == period]
    found = [remark for at in asked for remark in look_at(series, at)]
    return [remark for remark in found if not _goes_on(remark, found)]


def _goes_on(remark: Remark, found: Sequence[Remark]) -> bool:
    """Whether the same is said at a later figure that stands for this one too."""
    if remark.check.once == FIGURE:
        return False
    later = [other.at for other in found if other.check is remark.check and other.at > remark.at]
    return remark.at + 1 in later if remark.check.once == RUN else bool(later)


def _line(series: SeriesFigures, remark: Remark, register: Row) -> QualityLine:
    figure = series.figures[remark.at]
    return QualityLine(
        check=remark.check.name,
        code=remark.check.code,
        severity=remark.check.severity,
        indicator=series.indicator.indicator,
        title=str(register["title"]),
        service=series.service,
        period=str(figure.period),
        sentence=remark.sentence,
        fix=remark.fix,
        waiting=figure.waiting,
    )
