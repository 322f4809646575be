"""How late something due was passed, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters.cli.moments import calendar_of
from events.instant import Instant
from events.kinds.workflow import DeadlinePassed

if TYPE_CHECKING:
    from adapters.cli.told import Teller
    from events.fact import Fact


def days_late(teller: Teller, fact: Fact[Any]) -> str:
    """``2 days late``, counted from the local day it fell due to the one it was passed; nothing on the same day."""
    due = Instant(fact.command_id.rpartition("@")[2])
    if fact.received_at[:10] == due[:10]:
        return ""
    calendar = calendar_of(teller.office)
    days = (calendar.local_date(fact.received_at) - calendar.local_date(due)).days
    if days < 1:
        return ""
    working = fact.event.working_days_late if isinstance(fact.event, DeadlinePassed) else days
    return (
        _counted(days, "day") + " late" + (f", {_counted(working, 'working day')}" if working != days else "")
    )


def _counted(count: int, noun: str) -> str:
    if count == 0:
        return f"no {noun}"
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
