"""A figure outside its usual range: the figures before it, and that of the same period last year, with a margin."""

from __future__ import annotations

from engine.packs.data_quality import DataQuality
from engine.queries.quality.check import Check, Said
from engine.queries.quality.checks.zero_as_missing import CHECK as ZERO
from engine.queries.quality.series import SeriesFigures
from engine.queries.quality.usual import LEAST, among, usual_range
from events.number import plain
from rules.exact import Ratio
from rules.spoken import amount, shown

NAME = "outside_usual_range"


def _look(series: SeriesFigures, at: int, settings: DataQuality) -> Said | None:
    value, unit = series.figures[at].value, series.indicator.measured_in
    if value is None:
        return None
    before = series.before(at, settings.option(NAME, "periods"))
    if len(before) < LEAST or among(before, value) or _is_told_as_zero(series, at, settings):
        return None
    usual = usual_range(before + _last_year(series, at, len(before)), value, percent=unit == "percent")
    if not (usual.below or usual.above):
        return None
    decimals = series.indicator.decimals
    itself = shown(value, decimals)
    low, high = (shown(each, decimals, [itself]) for each in (usual.low, usual.high))
    return Said(
        f"{series.ref(at)}: {series.said(at)} is {'below' if usual.below else 'above'} the usual range "
        f"({plain(low)}–{amount(high, unit)}, from the {len(before)} figures before).",
        "Look whether it is a slip; if it is right, say in a comment what happened.",
    )


def _is_told_as_zero(series: SeriesFigures, at: int, settings: DataQuality) -> bool:
    """Whether the check of zeros says it already, and better."""
    return settings.is_on(ZERO.name) and ZERO.look(series, at, settings) is not None


def _last_year(series: SeriesFigures, at: int, before: int) -> list[Ratio]:
    """The value of the same period last year, where it is not among those before."""
    figures, wanted = series.figures, series.figures[at].period.same_last_year()
    place = at - before - 1
    while place >= 0 and (figures[place].period.kind != wanted.kind or figures[place].period > wanted):
        place -= 1
    value = figures[place].value if place >= 0 and figures[place].period == wanted else None
    return [] if value is None else [value]


CHECK = Check(name=NAME, code="GT-QUALITY-008", look=_look)
