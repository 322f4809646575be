"""A target left over from an earlier year, where targets were set anew in both years before.

A target that was set once and never again is a standing one, such as a national standard, and is left alone.
"""

from __future__ import annotations

from engine.packs.data_quality import DataQuality
from engine.queries.quality.check import RUN, Check, Said
from engine.queries.quality.series import SeriesFigures, council_year, target_said, year_starts_of


def _look(series: SeriesFigures, at: int, _: DataQuality) -> Said | None:
    figure = series.figures[at]
    if figure.target_from is None or len(series.targets_from) < 2:
        return None
    starts = year_starts_of(figure)
    year, of_target = council_year(figure.period, starts), council_year(figure.target_from, starts)
    if of_target >= year:
        return None
    set_in = {council_year(period, starts) for period in series.targets_from}
    if not {of_target, of_target - 1} <= set_in:
        return None
    return Said(
        f"{series.ref(at)} is judged by the target of {target_said(series, at)} that was set from {figure.target_from} on; "
        f"targets were set anew for {of_target - 1} and {of_target}, and none for {year}.",
        f"Set this year's with 'goldenthread target set {series.indicator.indicator} PERIOD', the same number again if it stands.",
    )


CHECK = Check(name="target_left_over", code="GT-QUALITY-002", look=_look, once=RUN)
