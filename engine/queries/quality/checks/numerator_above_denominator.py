"""A percentage whose numerator is above its denominator: more cases counted than there were.

Such a figure is refused at entry; one that was recorded before, or loaded while the register allowed more, is found here.
"""

from __future__ import annotations

from engine.limits import limits
from engine.packs.data_quality import DataQuality
from engine.queries.finding import ERROR
from engine.queries.quality.check import RUN, Check, Said
from engine.queries.quality.series import SeriesFigures
from events.number import plain


def _look(series: SeriesFigures, at: int, _: DataQuality) -> Said | None:
    figure = series.figures[at]
    if figure.numerator is None or figure.denominator is None or figure.numerator <= figure.denominator:
        return None
    highest = limits(series.indicator)[1]
    if series.indicator.measured_in != "percent" or highest is None or highest > 100:
        return None
    return Said(
        f"{series.ref(at)}: the numerator {plain(figure.numerator)} is above the denominator {plain(figure.denominator)}.",
        "Look whether they stand the wrong way round, or count different things; if it can be above 100 %, say so: "
        f"goldenthread indicator amend {series.indicator.indicator} --highest NUMBER --reason WORDS.",
    )


CHECK = Check(name="numerator_above_denominator", code="GT-QUALITY-009", look=_look, severity=ERROR, once=RUN)
