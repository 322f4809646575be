"""Check the order of bands: nowhere does a better figure, or one that meets its floor, get a worse status."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from events.number import plain
from rules.ir import Band, Compare
from rules.proof import Cover, said
from rules.reading.sheet import Path, Sheet


def report_worse(
    sheet: Sheet,
    bands: Sequence[Band],
    cover: Cover,
    compare: Compare,
    path: Path,
    unit: str,
    where: str = "",
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
                world=world_of(cover) + where,
            )
            return True
    return False


def report_floor(sheet: Sheet, bands: Sequence[Band], proven: Sequence[Cover], path: Path, unit: str) -> bool:
    """Report the first value at which missing the floor is rated better than meeting it."""
    for met, missed in zip(proven[::2], proven[1::2], strict=True):
        for piece, one, other in zip(met.pieces, met.bands, missed.bands, strict=True):
            if one is None or other is None:
                continue
            if sheet.statuses[bands[other].status].rank > sheet.statuses[bands[one].status].rank:
                words = {"missed": bands[other].status, "met": bands[one].status}
                sheet.report("GT-RULE-036", (*path, other), values=said([piece], unit), **words)
                return True
    return False


def world_of(cover: Cover) -> str:
    """For which floor and tolerance something was proven, where it matters."""
    floor = f" where the floor is {cover.floor}" if cover.floor else ""
    return f"{floor} with a tolerance of {plain(cover.tolerance)}" if cover.tolerance is not None else floor
