"""A figure that reads as its target once it is rounded, and misses it as it is."""

from __future__ import annotations

from decimal import Decimal

from engine.packs.data_quality import DataQuality
from engine.queries.quality.check import Check, Said
from engine.queries.quality.series import SeriesFigures, misses, target_said
from rules.exact import EXACT

_HALVES = tuple(Decimal(5).scaleb(-places - 1) for places in range(10))
"""Half of the last decimal shown: rounding moves no figure further."""


def _look(series: SeriesFigures, at: int, _: DataQuality) -> Said | None:
    figure, decimals = series.figures[at], series.indicator.decimals
    value, target = figure.value, figure.target
    if value is None or target is None or target.value is None:
        return None
    away = EXACT.subtract(value.over, EXACT.multiply(target.value, value.under))
    if not away or away.copy_abs() > EXACT.multiply(_HALVES[decimals], value.under):
        return None
    if value.shown(decimals) != target.value or not misses(series, at):
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
