"""Which packs were proposed and adopted, and which is in force when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from events.fact import Fact
from events.instant import Instant
from events.kinds.book import BookOpened, ClockCorrected
from events.kinds.framework import (
    AssumptionsInitialled,
    PackAdopted,
    PackDeclined,
    PackMinuted,
    PackProposed,
    PackRejudged,
    PackStepTaken,
    TriggerMuted,
    TriggerUnmuted,
)
from events.schema import Event
from events.text import TextRef


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed pack that waits for a second person."""

    event: PackProposed
    by: str
    ref: str
    steps: tuple[StepOfAdoption, ...] = ()
    """What was done about it since, oldest first."""
    initialled: Mapping[str, str] = field(default_factory=dict)
    """Assumption → the person who initialled it."""


class StepOfAdoption(NamedTuple):
    """A step on the way of a pack, or its approval by a body."""

    name: str
    by: str
    """The body or the role."""
    person: str
    on: date
    ref: str
    minuted: bool


class Muted(NamedTuple):
    """A mute: who silenced the trigger, the last day of it, and the fact's citation."""

    by: str
    until: date
    reason: TextRef
    ref: str


Muting = tuple[str, str, str]
"""Trigger, indicator, service."""


@dataclass(slots=True)
class Framework:
    """Adoptions in the order they were approved, the proposal that waits, if any, and the triggers that are muted."""

    adopted: tuple[PackAdopted, ...] = ()
    waiting: Proposal | None = None
    live_from: date | None = None
    """From when on figures are live: what ended before the first pack was adopted, or before it is in force, is history."""
    rejudging: tuple[tuple[str, PackAdopted], ...] = ()
    """Adoptions by which periods are still being judged again, each with its citation."""

    decisions: tuple[StepOfAdoption, ...] = ()
    """What bodies decided about packs, oldest first: each has its minute one day."""

    mutes: Mapping[Muting, Muted] = field(default_factory=dict)
    """The latest mute of each trigger and series that was not taken back; its last day may be over."""

    def copy(self) -> Framework:
        """An independent copy."""
        return Framework(
            self.adopted, self.waiting, self.live_from, self.rejudging, self.decisions, self.mutes
        )

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        match fact.event:
            case PackProposed() as proposed:
                self.waiting = Proposal(proposed, fact.actor, fact.ref)
            case PackAdopted() as adopted:
                self.adopted = (*self.adopted, adopted)
                self.waiting = None
                if adopted.on_behalf_of is not None:
                    self._decided("approve", adopted.on_behalf_of, fact, adopted.minute)
                self.live_from = self.live_from or max(fact.effective_on, adopted.effective_from)
                if adopted.rejudge:
                    self.rejudging = (*self.rejudging, (fact.ref, adopted))
            case PackRejudged(adoption=done):
                self.rejudging = tuple(each for each in self.rejudging if each[0] != done)
            case TriggerMuted() as event:
                muted = Muted(fact.actor, event.until, event.reason, fact.ref)
                self.mutes = {**self.mutes, _muting(event): muted}
            case TriggerUnmuted() as event:
                gone = _muting(event)
                self.mutes = {each: muted for each, muted in self.mutes.items() if each != gone}
            case PackStepTaken() as taken if self.waiting is not None:
                self._decided(taken.step, taken.by, fact, taken.minute)
                self.waiting = replace(self.waiting, steps=(*self.waiting.steps, self.decisions[-1]))
            case AssumptionsInitialled(assumptions=names) if self.waiting is not None:
                initialled = {**self.waiting.initialled, **dict.fromkeys(names, fact.actor)}
                self.waiting = replace(self.waiting, initialled=initialled)
            case PackMinuted(decision=ref):
                self.decisions = tuple(
                    each._replace(minuted=True) if each.ref == ref else each for each in self.decisions
                )
            case PackDeclined():
                self.waiting = None
            case _:
                pass

    def _decided(self, name: str, by: str, fact: Fact[Event], minute: TextRef | None) -> None:
        made = StepOfAdoption(name, by, fact.actor, fact.effective_on, fact.ref, minute is not None)
        self.decisions = (*self.decisions, made)

    def in_force(self, day: date) -> PackAdopted | None:
        """The adoption in force on a day: the latest `effective_from` not after it; of equals, the last approved."""
        best: PackAdopted | None = None
        for adopted in self.adopted:
            if adopted.effective_from <= day and (
                best is None or adopted.effective_from >= best.effective_from
            ):
                best = adopted
        return best


def _muting(event: TriggerMuted | TriggerUnmuted) -> Muting:
    return event.trigger, event.indicator, event.service


@dataclass(slots=True)
class Book:
    """Whether the book is open, under what name and under which kind of clock."""

    name: str = ""
    council: str = ""
    simulated: bool = False
    corrected: Instant | None = None
    """Where the log ended, in the future, when it was last said that the clock had run ahead."""

    def copy(self) -> Book:
        """An independent copy."""
        return Book(self.name, self.council, self.simulated, self.corrected)

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        if isinstance(fact.event, BookOpened):
            self.name = fact.event.book
            self.council = fact.event.council
            self.simulated = fact.event.simulated
        elif isinstance(fact.event, ClockCorrected):
            self.corrected = fact.event.head_was
