"""A zero where nothing before it was anywhere near: in returns, zero often stands for "no figure".

Nothing is said where a zero is likely: after another zero, among figures that go up and down by more than four times,
or among counts below five. Of a figure without any cases, 0 of 0, the denominators are looked at.
"""

from __future__ import annotations

from fractions import Fraction

from engine.packs.data_quality import DataQuality
from engine.queries.quality.check import Check, Said
from engine.queries.quality.series import SeriesFigures
from engine.queries.quality.usual import LEAST
from events.number import plain
from rules.exact import ONE, Ratio

_PERIODS, _TIMES, _SMALL = 8, 4, 5


def _look(series: SeriesFigures, at: int, _: DataQuality) -> Said | None:
    figure = series.figures[at]
    no_cases = figure.numerator == 0 and figure.denominator == 0
    if not no_cases and (figure.value is None or figure.value.over):
        return None
    before = _cases(series, at) if no_cases else series.before(at, _PERIODS)
    if len(before) < LEAST or not _far_from_zero(before):
        return None
    low, high = (
        _shown(series, each, cases=no_cases) for each in (min(before, key=_size), max(before, key=_size))
    )
    what, of = ("0 of 0", "the denominators of ") if no_cases else ("0", "")
    return Said(
        f"{series.ref(at)} is {what}, and {of}the {len(before)} figures before it lie between {low} and {high}.",
        f"If there is no figure, say so: goldenthread figure none {series.ref(at)} --reason WORDS.",
    )


def _cases(series: SeriesFigures, at: int) -> list[Ratio]:
    found = [figure.denominator for figure in series.figures[:at] if figure.denominator is not None]
    return [Ratio(denominator, ONE) for denominator in found[-_PERIODS:]]


def _far_from_zero(before: list[Ratio]) -> bool:
    sizes = sorted(map(_size, before))
    counted = all(size.denominator == 1 for size in sizes)
    return sizes[-1] <= _TIMES * sizes[0] and not (counted and sizes[0] < _SMALL)


def _size(value: Ratio) -> Fraction:
    return Fraction(value.over) / Fraction(value.under)


def _shown(series: SeriesFigures, value: Ratio, *, cases: bool) -> str:
    return plain(value.over) if cases else series.amount(value)


CHECK = Check(name="zero_as_missing", code="GT-QUALITY-004", look=_look)
