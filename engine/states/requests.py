"""Which figures were asked for already, so that nobody is told twice."""

from __future__ import annotations

from dataclasses import dataclass

from events.fact import Fact
from events.kinds.figures import DataRequested
from events.schema import Event


@dataclass(slots=True)
class Requests:
    """The periods whose figures were asked for, each with the reporting lag of the indicators concerned."""

    made: frozenset[tuple[str, str]] = frozenset()

    def copy(self) -> Requests:
        """An independent copy."""
        return Requests(self.made)

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        if isinstance(fact.event, DataRequested):
            self.made |= {(fact.event.period, fact.event.lag)}
