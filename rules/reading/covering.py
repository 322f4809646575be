"""Check bands by the proof: nothing falls through, no band is idle, and a better figure never fares worse."""

from __future__ import annotations

from collections.abc import Sequence

from events.number import plain
from rules.ir import Band, Compare
from rules.proof import Cover, covers, empty, gaps, idle, said
from rules.reading.conditional import check_conditions
from rules.reading.ordering import report_floor, report_worse, world_of
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
    for index in idle(bands, compare.round_to, proven):
        _report_idle(sheet, bands[index], compare, (*path, index))
    for cover in proven:
        if report_worse(sheet, bands, cover, compare, path, unit):
            return
    if any(band.when for band in bands) and check_conditions(sheet, bands, compare, path, unit):
        return
    if any(band.floor for band in bands):
        report_floor(sheet, bands, proven, path, unit)


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
                sheet.report("GT-RULE-030", path, values=values, world=world_of(cover), grid=grid)


def _report_idle(sheet: Sheet, band: Band, compare: Compare, path: Path) -> None:
    if empty(band, None):
        sheet.report("GT-RULE-032", path, why="it ends below where it begins", fix="Swap its ends.")
    elif empty(band, compare.round_to):
        step = plain(compare.round_to) if compare.round_to else ""
        why = f"values are rounded to multiples of {step}, and none lies in it"
        sheet.report("GT-RULE-032", path, why=why, fix="Widen it, or round less.")
    else:
        sheet.report("GT-RULE-031", path)
