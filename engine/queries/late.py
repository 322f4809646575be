"""How late a step came, and how long after its last day it was noticed that a deadline had gone by.

Both count from the last permitted day, and are what people read. What the fact of a deadline says besides is how
belated its firing was: for that the day after the last one is still in time.
"""

from __future__ import annotations

from typing import Any

from events.fact import Fact
from events.kinds.workflow import DeadlinePassed


def late_words(days: int | None) -> str:
    """The mark of a step: ``3 working days late``, ``late`` where no working day lay between, nothing in time."""
    if days is None:
        return ""
    return f"{days} working {'day' if days == 1 else 'days'} late" if days else "late"


def days_after(fact: Fact[Any]) -> int:
    """Days from the last permitted day to the one on which it was noticed; 0 where that was the very next day."""
    event = fact.event
    assert isinstance(event, DeadlinePassed)  # nothing else is noticed
    days = (fact.effective_on - event.last_day).days
    return days if days > 1 else 0
