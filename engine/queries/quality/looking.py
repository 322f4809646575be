"""Looking at a figure of a series with every check that its pack leaves on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from engine.packs.data_quality import ALL_ON
from engine.queries.quality.check import Check, Remark
from engine.queries.quality.checks import CHECKS
from engine.queries.quality.series import SeriesFigures


def look_at(series: SeriesFigures, at: int) -> Iterator[Remark]:
    """What the checks say of one figure, seen with those before it and none after it."""
    pack = series.figures[at].pack
    settings = pack.data_quality if pack is not None else ALL_ON
    for check in _made(settings.off):
        said = check.look(series, at, settings)
        if said is not None:
            yield Remark(check=check, sentence=said.sentence, fix=said.fix, at=at)


@lru_cache(maxsize=64)
def _made(off: tuple[str, ...]) -> tuple[Check, ...]:
    """The checks that are made where these are off."""
    return tuple(check for check in CHECKS if check.name not in off)
