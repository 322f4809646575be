"""What a data-quality check is: a pure look at one figure among those of its series."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from engine.packs.data_quality import DataQuality
from engine.queries.finding import WARNING
from engine.queries.quality.series import SeriesFigures

FIGURE, RUN, SERIES = "figure", "run", "series"


class Said(NamedTuple):
    """What a check has to say about a figure, and what to do."""

    sentence: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check. `look` sees a series and the index of the figure looked at, never a later one."""

    name: str
    """As packs switch it."""
    code: str
    look: Callable[[SeriesFigures, int, DataQuality], Said | None]
    severity: str = WARNING
    once: str = FIGURE
    """What a report says it once for: each ``figure``, each ``run`` of figures (at its last), or the ``series``
    (at its latest figure)."""


class Remark(NamedTuple):
    """What a check said, and of which figure."""

    check: Check
    sentence: str
    fix: str
    at: int
    """Index of the figure in its series."""
