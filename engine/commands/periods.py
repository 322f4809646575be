"""Closing a period."""

from __future__ import annotations

from engine.commands.request import Request
from events.text import TextRef


class ClosePeriod(Request, frozen=True, kw_only=True):
    """Freeze a period's report."""

    period: str
    with_missing: bool = False
    """What is missing is to be named in it."""
    because: TextRef | None = None
    """Why it is closed although something is missing."""
    on_behalf_of: str | None = None
    """The body that closes it, where a body does."""
    acting_for: str | None = None
    """For whom somebody stands in."""
