"""A series that grows through each year and falls back with the next: a running total that is not declared as one.

Seen where, over two years and more, every step within a year is a rise and every year begins at half of the year
before's end or less (two thirds for half-years). Of a percentage the denominators are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from engine.packs.data_quality import DataQuality
from engine.queries.quality.check import SERIES, Check, Said
from engine.queries.quality.series import PeriodFigure, SeriesFigures, begins_year, year_starts_of
from engine.queries.quality.usual import same
from events.period import MONTHS_IN
from rules.exact import EXACT, ONE, Ratio

_RUNNING = ("year_to_date", "rolling")
_WHOLE, _HALF, _TWO_THIRDS = (
    Ratio(Decimal(over), Decimal(under)) for over, under in ((1, 1), (1, 2), (2, 3))
)


def _look(series: SeriesFigures, at: int, _: DataQuality) -> Said | None:
    added = series.indicator
    per_year = 12 // MONTHS_IN.get(added.frequency, 12)
    if per_year < 2 or at < 2 * per_year or added.accumulation in _RUNNING:
        return None
    window = series.figures[at - 2 * per_year : at + 1]
    percent = added.measured_in == "percent"
    if not _is_toothed(window, percent=percent, fall=_TWO_THIRDS if per_year == 2 else _HALF):
        return None
    what = "the denominator" if percent else "it"
    return Said(
        f"{series.ref(at)}: {what} has grown through each year and fallen back at the beginning of the next since "
        f"{window[0].period}, as a running total does, and {added.indicator} is registered as of the "
        f"{'moment' if added.accumulation == 'snapshot' else 'period'}.",
        f"Send the figure of each period alone, or say that it is one: goldenthread indicator amend {added.indicator} "
        "--accumulation year_to_date --reason WORDS.",
    )


def _is_toothed(window: Sequence[PeriodFigure], *, percent: bool, fall: Ratio) -> bool:
    """Whether every step within a year is a rise, and every step into a new one falls to this share or lower."""
    latest = window[-1]
    into_year = (
        latest.period.number - year_starts_of(latest)[0]
        if latest.period.kind == "month"
        else latest.period.number - 1
    )
    newest = into_year % (len(window) // 2)  # how long ago the last year began; most series did not fall then
    if not _is_step(*window[-2 - newest :][:2], percent=percent, fall=fall):
        return False
    return all(_is_step(*step, percent=percent, fall=fall) for step in pairwise(window))


def _is_step(earlier: PeriodFigure, later: PeriodFigure, *, percent: bool, fall: Ratio) -> bool:
    before, after = _level(earlier, percent=percent), _level(later, percent=percent)
    if before is None or after is None:
        return False
    if begins_year(later.period, year_starts_of(later)):
        right = _at_most(after, before, fall)
    else:
        right = _at_most(before, after, _WHOLE) and not same(before, after)
    return right and earlier.period.next() == later.period


def _level(figure: PeriodFigure, *, percent: bool) -> Ratio | None:
    if percent:
        return None if figure.denominator is None else Ratio(figure.denominator, ONE)
    return figure.value


def _at_most(one: Ratio, other: Ratio, share: Ratio) -> bool:
    """Whether one value is at most this share of another, multiplied across."""
    multiply = EXACT.multiply
    return multiply(multiply(one.over, other.under), share.under) <= multiply(
        multiply(other.over, one.under), share.over
    )


CHECK = Check(name="saw_tooth", code="GT-QUALITY-005", look=_look, once=SERIES)
