"""What should be looked at again of a figure that somebody is about to enter: warnings, which never block."""

from __future__ import annotations

from engine.commands import FigureFields
from engine.queries.quality.check import SERIES
from engine.queries.quality.known import KnownFigures
from engine.queries.quality.looking import look_at
from engine.queries.reader import Reader
from events.errors import Problem
from events.kinds.register import IndicatorAdded
from events.period import Period


def warnings_for(
    known: KnownFigures | Reader,
    indicator: IndicatorAdded,
    service: str,
    period: Period,
    figure: FigureFields,
) -> list[Problem]:
    """Look at one figure beside those before it.

    For many figures give one `KnownFigures` and `fetch` those of each chunk first: then a row costs no question to
    the store, later rows are seen beside earlier ones, and what is true of a series is said of it once.
    """
    if isinstance(known, Reader):
        known = KnownFigures(known)
    series = (indicator.indicator, service)
    given = known.figure(indicator, service, period, figure, waiting=True)
    seen, at = known.beside(indicator, service, given)
    return [
        Problem(code=remark.check.code, sentence=remark.sentence, fix=remark.fix, severity="warning")
        for remark in look_at(seen, at)
        if remark.check.once != SERIES or known.first_time(remark.check.name, series)
    ]
