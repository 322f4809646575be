"""How values stand in the columns of views: decimals as plain text, references split into their parts."""

from __future__ import annotations

from decimal import Decimal

from events import stream as streams


def number_text(value: Decimal | None) -> str | None:
    """A decimal as it was recorded, None where there is none."""
    if value is None:
        return None
    text = str(value)  # several times cheaper, and the same unless it has an exponent
    return format(value, "f") if "E" in text else text


def series_of(stream: str) -> tuple[str, str]:
    """Indicator and service of a stream named ``…/indicator/service``."""
    return streams.series_of(stream)
