"""The data-quality report: every figure of a book that should be looked at again, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import msgspec

from engine.handle import Engine
from engine.queries.figures.breaks import comparable_from
from engine.queries.known import check_known
from engine.queries.quality.check import FIGURE, RUN, Remark
from engine.queries.quality.known import KnownFigures
from engine.queries.quality.looking import look_at
from engine.queries.quality.series import PeriodFigure, SeriesFigures
from engine.queries.reader import Reader
from engine.view import Row
from engine.views import INDICATORS, STATUSES, SUBMISSIONS
from events import stream as streams
from events.period import parse_period

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
    wanted = str(parse_period(period)) if period is not None else None
    where = {"indicator": indicator} if indicator is not None else None
    register = reader.rows(INDICATORS, where, order_by=("indicator",))
    reader.work.fetch(
        name for row in register for name in (streams.indicator(str(row["indicator"])), streams.targets(str(row["indicator"])))
    )  # fmt: skip
    lines: list[QualityLine] = []
    for done, row in enumerate(register, 1):
        for series in _series(KnownFigures(reader), row, service):
            lines += [_line(series, remark, row) for remark in remarks(series, wanted)]
        if progress is not None:
            progress(done, len(register))
    return lines


def _series(known: KnownFigures, register: Row, service: str | None) -> Iterator[SeriesFigures]:
    """Every series of an indicator, its figures oldest first."""
    code = str(register["indicator"])
    where = {"indicator": code} if service is None else {"indicator": code, "service": service}
    assessed = {
        (row["service"], row["period"]): str(row["status"])
        for row in known.reader.rows(STATUSES, where)
        if row["declared"] is not None
    }
    found: dict[str, list[PeriodFigure]] = {}
    for row in known.reader.rows(SUBMISSIONS, where, order_by=("service", "period")):
        figure = known.figure_of(row)
        if figure is not None:
            judged = assessed.get((row["service"], row["period"]))
            figure = msgspec.structs.replace(figure, assessed=judged) if judged else figure
            found.setdefault(str(row["service"]), []).append(figure)
    added = known.reader.work.indicator(code).added
    if added is not None:
        for name, figures in found.items():
            for comparable in _comparable(known.reader, code, figures):
                yield known.series(added, name, comparable)


def _comparable(reader: Reader, code: str, figures: Sequence[PeriodFigure]) -> Iterator[list[PeriodFigure]]:
    """The figures in stretches that can be compared: another begins where the indicator measures something else."""
    for _, stretch in groupby(figures, key=lambda figure: comparable_from(reader, code, figure.period)):
        yield list(stretch)


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
