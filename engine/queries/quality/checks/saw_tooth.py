"""A series that grows through each year and falls back with the next: a running total that is not declared as one.

Seen where, over two years and more, every step within a year is a rise and every year begins at half of the year
before's end or less (two thirds for half-years). Of a percentage the denominators are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from engine.packs.data_quality import DataQuality
from engine.queries.quality.check import SERIES, Check, Said
from engine.queries.quality.series import PeriodFigure, SeriesFigures, begins_year, year_starts_of
from events.period import MONTHS_IN

_RUNNING = ("year_to_date", "rolling")


def _look(series: SeriesFigures, at: int, _: DataQuality) -> Said | None:
    added = series.indicator
    per_year = 12 // MONTHS_IN.get(added.frequency, 12)
    if per_year < 2 or at < 2 * per_year or added.accumulation in _RUNNING:
        return None
    window = series.figures[at - 2 * per_year : at + 1]
    if not _is_toothed(
        window,
        percent=added.measured_in == "percent",
        share=Fraction(2, 3) if per_year == 2 else Fraction(1, 2),
    ):
        return None
    what = "the denominator" if added.measured_in == "percent" else "it"
    return Said(
        f"{series.ref(at)}: {what} has grown through each year and fallen back at the beginning of the next since "
        f"{window[0].period}, as a running total does, and {added.indicator} is registered as of the "
        f"{'moment' if added.accumulation == 'snapshot' else 'period'}.",
        f"Send the figure of each period alone, or say that it is one: goldenthread indicator amend {added.indicator} "
        "--accumulation year_to_date --reason WORDS.",
    )


def _is_toothed(window: Sequence[PeriodFigure], *, percent: bool, share: Fraction) -> bool:
    for earlier, later in pairwise(window):
        before, after = _level(earlier, percent=percent), _level(later, percent=percent)
        if before is None or after is None or earlier.period.next() != later.period:
            return False
        falls = after <= before * share
        if falls if not begins_year(later.period, year_starts_of(later)) else not falls:
            return False
        if after <= before and not falls:
            return False
    return True


def _level(figure: PeriodFigure, *, percent: bool) -> Fraction | None:
    if percent:
        return None if figure.denominator is None else Fraction(figure.denominator)
    return None if figure.value is None else Fraction(figure.value.over) / Fraction(figure.value.under)


CHECK = Check(name="saw_tooth", code="GT-QUALITY-005", look=_look, once=SERIES)
