"""The figures of an indicator as the checks look at them: series whole, or as far back from one period as is looked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import overload

import msgspec

from engine.queries.figures.breaks import comparable_from
from engine.queries.quality.known import KnownFigures
from engine.queries.quality.series import PeriodFigure, SeriesFigures
from engine.queries.reader import Reader
from engine.view import Row
from engine.views import STATUSES, SUBMISSIONS
from events.period import Period


class Unseen(Exception):
    """A check has looked at a figure that was not read."""


class LastFigures(Sequence[PeriodFigure]):
    """The last figures of a series. Nobody knows how many there are before them; whoever looks there gets `Unseen`."""

    def __init__(self, figures: Sequence[PeriodFigure]) -> None:
        self._figures = figures

    def __len__(self) -> int:
        return _BEFORE + len(self._figures)

    @overload
    def __getitem__(self, at: int) -> PeriodFigure: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[PeriodFigure]: ...
    def __getitem__(self, at: int | slice) -> PeriodFigure | Sequence[PeriodFigure]:
        places = range(len(self))[at]
        first = places if isinstance(places, int) else min(places, default=_BEFORE)
        if first < _BEFORE:
            raise Unseen
        if isinstance(places, int):
            return self._figures[places - _BEFORE]
        return [self._figures[place - _BEFORE] for place in places]


_BEFORE = 1_000_000
"""More than any check looks at."""


def series_of(known: KnownFigures, code: str, service: str | None) -> Iterator[SeriesFigures]:
    """Every series of an indicator, its figures oldest first, in stretches that can be compared."""
    where = {"indicator": code} if service is None else {"indicator": code, "service": service}
    rows = known.reader.rows(SUBMISSIONS, where, order_by=("service", "period"))
    assessed = _assessed(known.reader.rows(STATUSES, where))
    added = known.reader.work.indicator(code).added
    for name, of_service in groupby(rows, key=lambda row: str(row["service"])):
        figures = _figures(known, list(of_service), assessed)
        if added is not None:
            for stretch in _comparable(known.reader, code, figures):
                yield known.series(added, name, stretch)


def ends_of(known: KnownFigures, code: str, service: str | None, period: Period) -> Iterator[SeriesFigures]:
    """Every series of an indicator that has a figure for a period, up to that, as far back as the checks mostly look."""
    where = {"indicator": code} if service is None else {"indicator": code, "service": service}
    most = known.reach(period) + 1
    rows = known.reader.latest(SUBMISSIONS, most, where, upto=period)
    services = {str(row["service"]) for row in rows if row["period"] == str(period)}
    asked = {"indicator": code, "service": services, "period": str(period)}
    assessed = _assessed(known.reader.rows(STATUSES, asked))
    added = known.reader.work.indicator(code).added
    for name, of_service in groupby(rows, key=lambda row: str(row["service"])):
        read = list(of_service)
        figures = _figures(known, read, assessed) if name in services else []
        if added is None or not figures or figures[-1].period != period:
            continue
        *before, stretch = _comparable(known.reader, code, figures)
        whole = bool(before) or len(read) < most
        yield known.series(added, name, stretch if whole else LastFigures(stretch))


Assessed = dict[tuple[str, str], str]


def _assessed(rows: Sequence[Row]) -> Assessed:
    """The statuses that the figures have for which one was declared, by service and period."""
    return {
        (str(row["service"]), str(row["period"])): str(row["status"])
        for row in rows
        if row["declared"] is not None
    }


def _figures(known: KnownFigures, rows: Sequence[Row], assessed: Assessed) -> list[PeriodFigure]:
    found = []
    for row in rows:
        figure = known.figure_of(row)
        if figure is not None:
            judged = assessed.get((str(row["service"]), str(row["period"])))
            found.append(msgspec.structs.replace(figure, assessed=judged) if judged else figure)
    return found


def _comparable(reader: Reader, code: str, figures: Sequence[PeriodFigure]) -> Iterator[list[PeriodFigure]]:
    """The figures in stretches that can be compared: another begins where the indicator measures something else."""
    for _, stretch in groupby(figures, key=lambda figure: comparable_from(reader, code, figure.period)):
        yield list(stretch)
