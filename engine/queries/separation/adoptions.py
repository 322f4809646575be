"""Who had a hand in the adoption of a pack: proposed it, took its steps, initialled what it rests on, approved it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from engine.queries.names import Names
from engine.queries.separation.finding import BREACH, NEAR, DutyFinding
from engine.queries.separation.hands import (
    Hand,
    found,
    hand_of,
    namesakes,
    one_account,
    stood_in,
    undelegated,
)
from engine.queries.shown import counted
from engine.states.people import People
from events.fact import Fact
from events.instant import Instant
from events.kinds.framework import (
    AssumptionsInitialled,
    PackAdopted,
    PackDeclined,
    PackProposed,
    PackStepTaken,
)
from events.schema import Event


class Adoptions:
    """The hands in the adoption under way, since the pack was proposed."""

    def __init__(self, names: Names, local_day: Callable[[Instant], date]) -> None:
        self._names = names
        self._local_day = local_day
        self._pack = ""
        self._proposed: Hand | None = None
        self._initialled: list[Hand] = []
        self._steps: list[Hand] = []

    def take(self, fact: Fact[Event], people: People) -> Iterator[DutyFinding]:
        """Take a fact in, and tell what is wrong with it in the light of those before."""
        match fact.event:
            case PackProposed() as event:
                self._begin(f"{event.pack} {event.version}", hand_of(fact, "proposed it"))
            case AssumptionsInitialled() as event:
                said = f"initialled {counted(len(event.assumptions), 'assumption')}"
                hand = hand_of(fact, said)
                self._initialled.append(hand)
                if self._proposed is not None and hand.persons & self._proposed.persons:
                    yield self._same(
                        NEAR,
                        hand,
                        self._proposed,
                        f"{said} of the pack {self._pack}, which they had proposed",
                    )
            case PackStepTaken() as event:
                hand = hand_of(fact, f"took '{event.step}'", event.by)
                yield from self._decided(fact, hand, people, f"took '{event.step}' of the pack {self._pack}")
                self._steps.append(hand)
            case PackAdopted() as event:
                yield from self._adopted(fact, event, people)
                self._begin("", None)
            case PackDeclined():
                self._begin("", None)
            case _:
                pass

    def _begin(self, pack: str, proposed: Hand | None) -> None:
        self._pack, self._proposed = pack, proposed
        self._initialled, self._steps = [], []

    def _adopted(self, fact: Fact[Event], event: PackAdopted, people: People) -> Iterator[DutyFinding]:
        pack = f"{event.pack} {event.version}"
        hand = hand_of(fact, "approved it", event.on_behalf_of or "")
        if self._proposed is None or self._pack != pack:
            self._begin(pack, Hand(fact.position, event.proposed_by, None, "", "proposed it"))
        elif event.proposed_by != self._proposed.person:
            names = self._names
            said = (
                f"{names.person(hand.person)} approved the pack {pack} as proposed by {names.person(event.proposed_by)}; "
                f"{names.person(self._proposed.person)} had proposed it."
            )
            yield found(BREACH, "other proposer", pack, (self._proposed, hand), said)
        yield from self._decided(fact, hand, people, f"approved the pack {pack}")
        for each in self._initialled:
            if hand.persons & each.persons:
                yield self._same(NEAR, hand, each, f"approved the pack {pack}, of which they had {each.what}")
        known = [
            each for each in (self._proposed, *self._initialled, *self._steps, hand) if each and each.account
        ]
        yield from one_account(known, f"the adoption of {pack}", self._names)

    def _decided(self, fact: Fact[Event], hand: Hand, people: People, did: str) -> Iterator[DutyFinding]:
        """A step or the approval: not by the proposer; for different bodies, through different people."""
        days = (fact.effective_on, self._local_day(fact.received_at))
        yield from undelegated(hand._replace(what=did), self._pack, people, days, self._names)
        proposed = self._proposed
        if proposed is not None and hand.persons & proposed.persons:
            yield self._same(BREACH, hand, proposed, f"{did}, which they had proposed")
        elif proposed is not None and stood_in(people, hand.person, proposed.person, fact.effective_on):
            who, by = self._names.person(hand.person), self._names.person(proposed.person)
            said = f"{who} {did}, which {by} had proposed: one of them stood in for the other on that day."
            yield found(NEAR, "delegate", self._pack, (proposed, hand), said)
        if proposed is not None and (alike := namesakes(self._names, proposed.persons, hand.persons)):
            who, by = self._names.person(hand.person), self._names.person(proposed.person)
            said = f"{who} {did}, which {by} had proposed: {alike}."
            yield found(NEAR, "same name", self._pack, (proposed, hand), said)
        for each in self._steps:
            if hand.by and each.by != hand.by and hand.persons & each.persons:
                yield self._same(
                    NEAR, hand, each, f"{did} for {hand.by}, after they {each.what} for {each.by}"
                )

    def _same(self, severity: str, hand: Hand, earlier: Hand, did: str) -> DutyFinding:
        kind = "acting for" if hand.acting_for or earlier.acting_for else "same person"
        who = self._names.acted(hand.person, hand.acting_for)
        about = self._pack
        if kind == "acting for":
            both = self._names.person(min(hand.persons & earlier.persons))
            did += f": {both} had a hand in both"
        return found(severity, kind, about, (earlier, hand), f"{who} {did}.")
