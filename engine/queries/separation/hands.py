"""Who had a hand in something besides a matter: persons, accounts, and whether one of them stood in for another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from engine.queries.names import Names
from engine.queries.separation.finding import BREACH, NEAR, DutyFinding
from engine.queries.shown import joined
from engine.states.people import SYSTEM, People
from events.fact import Fact
from events.schema import Event


class Hand(NamedTuple):
    """One act: who, for whom, from which account, and what it was in words."""

    position: int
    person: str
    acting_for: str | None
    account: str
    what: str
    by: str = ""
    """The body or role it was done for."""

    @property
    def persons(self) -> frozenset[str]:
        """The natural persons behind it."""
        return frozenset(who for who in (self.person, self.acting_for) if who and who != SYSTEM)


def hand_of(fact: Fact[Event], what: str, by: str = "") -> Hand:
    """The hand that a fact shows."""
    return Hand(fact.position, fact.actor, getattr(fact.event, "acting_for", None), fact.account, what, by)


def had_delegated(people: People, delegate: str, delegator: str, days: Iterable[date]) -> bool:
    """Whether one stood in for the other on each of some days."""
    pair = (delegate, delegator)
    return all(
        any((each.delegate, each.delegator) == pair for each in people.standing_in(day)) for day in days
    )


def stood_in(people: People, one: str, other: str, day: date) -> bool:
    """Whether either of two stood in for the other."""
    return had_delegated(people, one, other, (day,)) or had_delegated(people, other, one, (day,))


def namesakes(names: Names, some: Iterable[str], others: Collection[str]) -> str:
    """Who of some is called as somebody of the others is, in words; empty where nobody is."""
    pairs = ((one, other) for one in sorted(some) for other in sorted(others) if names.same_name(one, other))
    return next((f"{one} and {other} are of the same name" for one, other in pairs), "")


def undelegated(
    hand: Hand, about: str, people: People, days: Sequence[date], names: Names
) -> Iterator[DutyFinding]:
    """An act for somebody who had not delegated anything on all of its days."""
    whom = hand.acting_for
    if whom is None or had_delegated(people, hand.person, whom, days):
        return
    said = f"{names.person(hand.person)} {hand.what} for {names.person(whom)}, who had not delegated it on that day."
    yield found(BREACH, "no delegation", about, (hand,), said)


def one_account(hands: Iterable[Hand], about: str, names: Names) -> Iterator[DutyFinding]:
    """Accounts from which two or more people had a hand in the same thing, with the first act of each."""
    first: dict[str, dict[str, Hand]] = {}
    for hand in hands:
        if hand.person != SYSTEM:
            first.setdefault(hand.account, {}).setdefault(hand.person, hand)
    for account, acts in sorted(first.items()):
        if len(acts) > 1:
            did = joined((f"{names.person(who)} ({hand.what})" for who, hand in acts.items()), "and")
            said = f"In {about}, the account {account} acted as {did}."
            yield found(NEAR, "one account", about, tuple(acts.values()), said)


def found(severity: str, kind: str, about: str, hands: Iterable[Hand], sentence: str) -> DutyFinding:
    """A finding about some hands, which are its events."""
    hands = tuple(hands)
    return DutyFinding(
        severity=severity,
        kind=kind,
        about=about,
        persons=tuple(sorted({who for hand in hands for who in hand.persons})),
        events=tuple(sorted({hand.position for hand in hands})),
        sentence=sentence,
    )
