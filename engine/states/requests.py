"""Which figures were asked for already, so that nobody is told twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from events.fact import Fact
from events.kinds.figures import DataRequested
from events.schema import Event


@dataclass(slots=True)
class Requests:
    """The periods whose figures were asked for, each with the reporting lag of the indicators concerned."""

    made: dict[tuple[str, str], date] = field(default_factory=dict)
    """On which day each was asked for last."""

    def copy(self) -> Requests:
        """An independent copy."""
        return Requests(dict(self.made))

    def asked(self, period: str, lag: str, today: date) -> bool:
        """Whether a period was asked for by today. A clock that ran ahead asked too early: that is still to be done."""
        day = self.made.get((period, lag))
        return day is not None and day <= today

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        if isinstance(fact.event, DataRequested):
            self.made[fact.event.period, fact.event.lag] = fact.effective_on
