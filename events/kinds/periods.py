"""The closing of periods: what their reports held when they were frozen."""

from __future__ import annotations

from events.schema import Event, fact
from events.text import TextRef


@fact("period.closed")
class PeriodClosed(Event, frozen=True, kw_only=True):
    """A period's report was frozen: whatever is restated from then on shows beside it as a difference."""

    period: str
    pack: str
    """Digest of the pack that says what must be true."""
    report: str
    """SHA-256 of what the report holds, in hex: every series with its status, figure and target, and what is missing."""
    series: int
    """How many series stand in it."""
    missing: tuple[str, ...] = ()
    """What was missing, named: ``figures CH04/childrens``."""
    because: TextRef | None = None
    """Why it was closed although something was missing."""
    on_behalf_of: str | None = None
    """The body that closed it."""
    acting_for: str | None = None
    """For whom somebody stood in."""
