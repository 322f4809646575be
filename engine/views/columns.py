"""How values stand in the columns of views: decimals as plain text, references split into their parts."""

from __future__ import annotations

from decimal import Decimal

from events import stream as streams


def number_text(value: Decimal | None) -> str | None:
    """A decimal as it was recorded, None where there is none."""
    return None if value is None else format(value, "f")


def series_of(stream: str) -> tuple[str, str]:
    """Indicator and service of a stream named ``…/indicator/service``."""
    return streams.series_of(stream)
