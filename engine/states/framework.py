"""Which packs were proposed and adopted, and which is in force when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from events.fact import Fact
from events.kinds.book import BookOpened
from events.kinds.framework import PackAdopted, PackDeclined, PackProposed
from events.schema import Event


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed pack that waits for a second person."""

    event: PackProposed
    by: str
    ref: str


@dataclass(slots=True)
class Framework:
    """Adoptions in the order they were approved, and the proposal that waits, if any."""

    adopted: tuple[PackAdopted, ...] = ()
    waiting: Proposal | None = None

    def copy(self) -> Framework:
        """An independent copy."""
        return Framework(self.adopted, self.waiting)

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        match fact.event:
            case PackProposed() as proposed:
                self.waiting = Proposal(proposed, fact.actor, fact.ref)
            case PackAdopted() as adopted:
                self.adopted = (*self.adopted, adopted)
                self.waiting = None
            case PackDeclined():
                self.waiting = None
            case _:
                pass

    def in_force(self, day: date) -> PackAdopted | None:
        """The adoption in force on a day: the latest `effective_from` not after it; of equals, the last approved."""
        best: PackAdopted | None = None
        for adopted in self.adopted:
            if adopted.effective_from <= day and (
                best is None or adopted.effective_from >= best.effective_from
            ):
                best = adopted
        return best


@dataclass(slots=True)
class Book:
    """Whether the book is open, under what name and under which kind of clock."""

    name: str = ""
    council: str = ""
    simulated: bool = False

    def copy(self) -> Book:
        """An independent copy."""
        return Book(self.name, self.council, self.simulated)

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        if isinstance(fact.event, BookOpened):
            self.name = fact.event.book
            self.council = fact.event.council
            self.simulated = fact.event.simulated
