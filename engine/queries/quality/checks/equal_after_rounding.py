"""A figure that reads as its target once it is rounded, and misses it as it is."""

from __future__ import annotations

from engine.packs.data_quality import DataQuality
from engine.queries.quality.check import Check, Said
from engine.queries.quality.series import SeriesFigures, misses, target_said


def _look(series: SeriesFigures, at: int, _: DataQuality) -> Said | None:
    figure, decimals = series.figures[at], series.indicator.decimals
    if figure.value is None or figure.target is None or series.indicator.polarity not in ("higher", "lower"):
        return None
    if figure.value.shown(decimals) != figure.target.value or not misses(series, at):
        return None
    places = (
        "rounded to a whole number"
        if not decimals
        else f"with {decimals} decimal{'' if decimals == 1 else 's'}"
    )
    return Said(
        f"{series.ref(at)}: {series.said(at)} misses the target of {target_said(series, at)}, although {places} it reads the same.",
        "It is judged as it is. Show enough decimals where it is printed.",
    )


CHECK = Check(name="equal_after_rounding", code="GT-QUALITY-006", look=_look)
