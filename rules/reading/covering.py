"""Check bands by the proof: nothing falls through, no band is idle, and a better figure never fares worse."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from events.number import plain
from rules.ir import Band, Compare
from rules.proof import Cover, covers, empty, gaps, idle, said
from rules.reading.sheet import Path, Sheet

UNITS = {"percent_from_target": " %", "percent_points": " percentage points"}
"""How an edge of a band is read, by what is compared."""


def check_bands(sheet: Sheet, bands: Sequence[Band], compare: Compare, path: Path) -> None:
    """Report every gap, every band without values, and every place where better is rated worse."""
    if not bands:
        return
    proven = covers(bands, compare.round_to)
    unit = UNITS.get(compare.use, "")
    _report_gaps(sheet, proven, compare, path, unit)
    for index in idle(bands, proven):
        _report_idle(sheet, bands[index], compare, (*path, index))
    for cover in proven:
        if _report_worse(sheet, bands, cover, compare, path, unit):
            return
    if any(band.floor for band in bands):
        _report_floor(sheet, bands, proven, path, unit)


def _report_gaps(sheet: Sheet, proven: Sequence[Cover], compare: Compare, path: Path, unit: str) -> None:
    grid = "" if compare.round_to else ", or say 'round_to' if the source rounds first"
    shown: set[str] = set()
    done: set[str] = set()
    for cover in proven:
        runs = gaps(cover)
        if not runs or cover.floor in done:
            continue
        done.add(cover.floor)  # other tolerances show the same gap, only elsewhere
        for values in (said(run, unit) for run in runs):
            if values not in shown:
                shown.add(values)
                sheet.report("GT-RULE-030", path, values=values, world=_world(cover), grid=grid)


def _world(cover: Cover) -> str:
    floor = f" where the floor is {cover.floor}" if cover.floor else ""
    return f"{floor} with a tolerance of {plain(cover.tolerance)}" if cover.tolerance is not None else floor


def _report_idle(sheet: Sheet, band: Band, compare: Compare, path: Path) -> None:
    if empty(band, None):
        sheet.report("GT-RULE-032", path, why="it ends below where it begins", fix="Swap its ends.")
    elif empty(band, compare.round_to):
        step = plain(compare.round_to) if compare.round_to else ""
        why = f"values are rounded to multiples of {step}, and none lies in it"
        sheet.report("GT-RULE-032", path, why=why, fix="Widen it, or round less.")
    else:
        sheet.report("GT-RULE-031", path)


def _report_worse(
    sheet: Sheet, bands: Sequence[Band], cover: Cover, compare: Compare, path: Path, unit: str
) -> bool:
    """Report the first place where the next better piece has the worse status."""
    rated = [(p, bands[b].status, b) for p, b in zip(cover.pieces, cover.bands, strict=True) if b is not None]
    if compare.better == "lower":
        rated.reverse()
    for (worse, than, _), (better, status, index) in pairwise(rated):
        if sheet.statuses[status].rank < sheet.statuses[than].rank:
            sheet.report(
                "GT-RULE-033",
                (*path, index),
                better=said([better], unit),
                worse=said([worse], unit),
                status=status,
                than=than,
                world=_world(cover),
            )
            return True
    return False


def _report_floor(
    sheet: Sheet, bands: Sequence[Band], proven: Sequence[Cover], path: Path, unit: str
) -> None:
    """Report the first value at which missing the floor is rated better than meeting it."""
    for met, missed in zip(proven[::2], proven[1::2], strict=True):
        for piece, one, other in zip(met.pieces, met.bands, missed.bands, strict=True):
            if one is None or other is None:
                continue
            if sheet.statuses[bands[other].status].rank > sheet.statuses[bands[one].status].rank:
                words = {"missed": bands[other].status, "met": bands[one].status}
                sheet.report("GT-RULE-036", (*path, other), values=said([piece], unit), **words)
                return
