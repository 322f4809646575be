"""Instants as fixed-width text in UTC, so that text order is time order in every database.

An instant reads ``2026-11-30T09:14:00.000000Z``: 27 characters, always with microseconds.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NewType

Instant = NewType("Instant", str)

EARLIEST = Instant("0001-01-01T00:00:00.000000Z")


def instant(moment: datetime) -> Instant:
    """Write an aware datetime as an instant. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return Instant(moment.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z")


def moment(text: Instant) -> datetime:
    """Read an instant back as an aware datetime in UTC."""
    return datetime.fromisoformat(text)
