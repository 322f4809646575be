"""How late something came, or how long after its day it was noticed, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from adapters.cli.moments import calendar_of
from engine.queries.late import days_after, late_words
from events.instant import Instant

if TYPE_CHECKING:
    from adapters.cli.told import Teller
    from events.fact import Fact
    from events.kinds.workflow import DeadlinePassed, Move


def step_late(move: Move) -> str:
    """The mark of a step that came late: `` (3 working days late)``; nothing where it came in time."""
    return f" ({late})" if (late := late_words(move.late_days)) else ""


def noticed_late(teller: Teller, fact: Fact[DeadlinePassed]) -> str:
    """`` (Noticed 6 days after, 4 of them working days.)``, counted from the last permitted day."""
    days = days_after(fact)
    if not days:
        return ""
    last: date = fact.event.last_day
    working = calendar_of(teller.office).working_days_between(last, fact.effective_on)
    return f" (Noticed {span(days, working)}.)"


def span(days: int, working: int) -> str:
    """``6 days after, 4 of them working days``."""
    said = f"{_counted(days, 'day')} after"
    if working == days:
        return said
    return f"{said}, {working or 'none'} of them {'a working day' if working == 1 else 'working days'}"


def sent_late(teller: Teller, fact: Fact[Any]) -> str:
    """``, 2 days late`` of a reminder, counted from the local day it was for; nothing on the same day."""
    due = Instant(fact.command_id.rpartition("@")[2])
    if fact.received_at[:10] == due[:10]:
        return ""
    calendar = calendar_of(teller.office)
    days = (calendar.local_date(fact.received_at) - calendar.local_date(due)).days
    return f", {_counted(days, 'day')} late" if days > 0 else ""


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
