"""The direction of travel: whether a figure is better or worse than that of the period before, or the same."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from engine.queries.figures.breaks import comparable_from
from engine.queries.reader import Reader
from engine.queries.shown import BETTER, MISSING, SAME, WORSE
from engine.view import Row
from events.period import parse_period


def direction_of_travel(reader: Reader, statuses: Sequence[Row], judged: Row | None, polarity: str) -> str:
    """By the compared value where both periods were compared alike, else by the value itself; a dash where neither can be.

    `statuses` are the rows of one series, `judged` the one of them that is looked at.
    """
    if judged is None:
        return MISSING
    period = parse_period(str(judged["period"]))
    before = next((row for row in statuses if row["period"] == str(period.previous())), None)
    if before is None or comparable_from(reader, str(judged["indicator"]), period) == period:
        return MISSING
    moved = _moved(judged, before, "compared") if _compared_alike(reader, judged, before) else None
    if moved is None:
        moved = _by_value(judged, before, polarity)
    if moved is None:
        return MISSING
    return SAME if not moved else BETTER if moved > 0 else WORSE


def _compared_alike(reader: Reader, judged: Row, before: Row) -> bool:
    compare, then = (reader.shelf.pack(str(row["pack"])).rules.compare for row in (judged, before))
    return compare is not None and compare == then and compare.use != "value"


def _by_value(judged: Row, before: Row, polarity: str) -> Decimal | None:
    moved = _moved(judged, before, "value")
    if moved is None or polarity not in ("higher", "lower"):
        return None
    return moved if polarity == "higher" else -moved


def _moved(judged: Row, before: Row, column: str) -> Decimal | None:
    now, then = judged[column], before[column]
    return None if now is None or then is None else Decimal(str(now)) - Decimal(str(then))
