"""A target for an indicator that does not say which way is better: it can be neither met nor missed."""

from __future__ import annotations

from engine.packs.data_quality import DataQuality
from engine.queries.quality.check import SERIES, Check, Said
from engine.queries.quality.series import SeriesFigures, target_said


def _look(series: SeriesFigures, at: int, _: DataQuality) -> Said | None:
    if series.indicator.polarity != "none" or series.figures[at].target is None:
        return None
    return Said(
        f"{series.ref(at)} has a target of {target_said(series, at)}, but the register does not say which way "
        f"{series.indicator.indicator} is better, so it is not rated.",
        "Say which way is better, or take the target away.",
    )


CHECK = Check(name="target_without_direction", code="GT-QUALITY-007", look=_look, once=SERIES)
