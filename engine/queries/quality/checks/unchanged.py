"""A figure that is exactly that of the periods before.

A copied figure shows at once where it is precise: four digits or more, or the same numerator and denominator of a
hundred cases or more. A short number may well come again, so it must stand for several periods; and nothing is said
of a value of zero, nor of a percentage of 100, at which many indicators rightly stay.
"""

from __future__ import annotations

from decimal import Decimal

from engine.packs.data_quality import DataQuality
from engine.queries.quality.check import RUN, Check, Said
from engine.queries.quality.series import PeriodFigure, SeriesFigures
from engine.queries.quality.usual import same
from events.number import plain

NAME = "unchanged"
_DIGITS, _CASES = 4, 100


def _look(series: SeriesFigures, at: int, settings: DataQuality) -> Said | None:
    figure = series.figures[at]
    run = _run(series, at)
    precise = _precise(figure)
    if run < 2 or not (precise or run >= settings.option(NAME, "periods")):
        return None
    if not precise and _at_an_end(figure, series.indicator.measured_in):
        return None
    since = series.figures[at - run + 1].period
    before = f"in {since}" if run == 2 else f"in the {run - 1} periods before, from {since} on"
    return Said(
        f"{series.ref(at)}: {series.said(at)} is exactly what it was {before}.",
        "Look whether an old figure was sent again.",
    )


def _run(series: SeriesFigures, at: int) -> int:
    """For how many periods running, this one counted, the figure has been the same."""
    run, figures = 1, series.figures
    while run <= at and _alike(figures[at - run], figures[at]):
        if figures[at - run].period.next() != figures[at - run + 1].period:
            break
        run += 1
    return run


def _alike(one: PeriodFigure, other: PeriodFigure) -> bool:
    if one.value is None or other.value is None or not same(one.value, other.value):
        return False
    return one.denominator is None or other.denominator is None or one.denominator == other.denominator


def _precise(figure: PeriodFigure) -> bool:
    if figure.denominator is not None:
        return figure.denominator >= _CASES
    digits = plain(figure.value.over if figure.value else Decimal(0)).replace(".", "").strip("-0")
    return len(digits) >= _DIGITS


def _at_an_end(figure: PeriodFigure, measured_in: str) -> bool:
    if figure.value is None or not figure.value.over:
        return True
    return measured_in == "percent" and figure.value.over == 100 * figure.value.under


CHECK = Check(name=NAME, code="GT-QUALITY-003", look=_look, once=RUN)
