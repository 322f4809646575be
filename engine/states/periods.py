"""The periods that are closed, each with the fact that closed it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from events.fact import Fact
from events.kinds.periods import PeriodClosed
from events.schema import Event


class Closing(NamedTuple):
    """One closing: what was frozen, by whom, from which day, and its citation."""

    event: PeriodClosed
    by: str
    on: date
    ref: str


@dataclass(slots=True)
class Periods:
    """Period → its closing; a period is closed once."""

    closed: dict[str, Closing] = field(default_factory=dict)

    def copy(self) -> Periods:
        """An independent copy."""
        return Periods(dict(self.closed))

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        if isinstance(fact.event, PeriodClosed):
            self.closed[fact.event.period] = Closing(fact.event, fact.actor, fact.effective_on, fact.ref)
