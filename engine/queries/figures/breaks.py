"""Where an indicator measures something else from a period on: what stands on both sides cannot be compared."""

from __future__ import annotations

from engine.queries.reader import Reader
from events.period import Period


def comparable_from(reader: Reader, indicator: str, period: Period) -> Period | None:
    """The first period with which a period can be compared; None where no break lies before it."""
    return reader.work.indicator(indicator).break_before(period)


def break_words(indicator: str, start: Period | str) -> str:
    """``CF1 is another version from 2022-Q3 on: figures before it cannot be compared with those after.``"""
    return f"{indicator} is another version from {start} on: figures before it cannot be compared with those after."
