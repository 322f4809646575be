"""A zero where nothing before it was anywhere near: in returns, zero often stands for "no figure".

Nothing is said where a zero is likely: after another zero, among figures that go up and down by more than four times,
or among counts below five.
"""

from __future__ import annotations

from fractions import Fraction

from engine.packs.data_quality import DataQuality
from engine.queries.quality.check import Check, Said
from engine.queries.quality.series import SeriesFigures
from engine.queries.quality.usual import LEAST
from rules.exact import Ratio

_PERIODS, _TIMES, _SMALL = 8, 4, 5


def _look(series: SeriesFigures, at: int, _: DataQuality) -> Said | None:
    figure = series.figures[at]
    if figure.numerator == 0 and figure.denominator == 0:
        return Said(f"{series.ref(at)} is 0 of 0.", _fix(series, at))
    if figure.value is None or figure.value.over:
        return None
    before = sorted(series.before(at, _PERIODS), key=_size)
    if len(before) < LEAST or before[0].over <= 0:
        return None
    lowest, highest = before[0], before[-1]
    if _size(highest) > _TIMES * _size(lowest) or (_counted(series, at) and _size(lowest) < _SMALL):
        return None
    return Said(
        f"{series.ref(at)} is 0, and the {len(before)} figures before it lie between {series.amount(lowest)} "
        f"and {series.amount(highest)}.",
        _fix(series, at),
    )


def _size(value: Ratio) -> Fraction:
    return Fraction(value.over) / Fraction(value.under)


def _counted(series: SeriesFigures, at: int) -> bool:
    """Whether the series counts things one by one."""
    return all(
        value.under == 1 and value.over == value.over.to_integral_value()
        for value in series.before(at, _PERIODS)
    )


def _fix(series: SeriesFigures, at: int) -> str:
    return f"If there is no figure, say so: goldenthread figure none {series.ref(at)} --reason WORDS."


CHECK = Check(name="zero_as_missing", code="GT-QUALITY-004", look=_look)
