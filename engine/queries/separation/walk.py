"""The log walked once from its beginning: people as they stood then, acts by matter, by adoption and by period, accounts by person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from engine.handle import Engine
from engine.queries.names import Names
from engine.queries.reader import PAGE, Reader
from engine.queries.separation.adoptions import Adoptions
from engine.queries.separation.by_hand import ByHand
from engine.queries.separation.closings import Closings
from engine.queries.separation.finding import BREACH, NEAR, DutyFinding
from engine.queries.separation.persons import Persons
from engine.queries.separation.rounds import Rounds
from engine.queries.shown import joined
from engine.states.people import SYSTEM, People
from events import stream as streams
from events.fact import Fact
from events.instant import Instant
from events.kinds.periods import PeriodClosed
from events.schema import Event
from workflows.definition import Definition

Progress = Callable[[int, int], None]


def audit_duties(
    engine: Engine,
    *,
    names: Names,
    since: date | None = None,
    until: date | None = None,
    at: int | None = None,
    progress: Progress | None = None,
) -> list[DutyFinding]:
    """Breaches first, then near-breaches, of facts received from `since` until `until`, both days included."""
    reader = Reader(engine, at)
    framework = reader.framework

    def local_day(received: Instant) -> date:
        return reader.shelf.local_day(framework, received)

    def definition(digest: str) -> Definition | None:
        known = reader.definition(digest) if digest else None
        return known[1] if known else None

    closed = {
        fact.event.period for fact in reader.all_of("period.closed") if isinstance(fact.event, PeriodClosed)
    }
    takers = (
        Persons(names, local_day),
        Rounds(definition, names),
        Adoptions(names, local_day),
        Closings(closed, names, local_day),
    )
    accounts, by_hand = Accounts(names), ByHand(reader, names)
    people, found = People(), list[DutyFinding]()
    for fact in _facts(reader, progress):
        told = [each for taker in takers for each in taker.take(fact, people)]
        if fact.stream == streams.PEOPLE:
            people.apply(fact)
        day = local_day(fact.received_at)
        if (since is None or day >= since) and (until is None or day <= until):
            found += told
            accounts.take(fact)
            by_hand.take(fact)
    found += [*accounts.findings(), *by_hand.findings()]
    return sorted(found, key=lambda each: ((BREACH, NEAR).index(each.severity), each.events))


class Accounts:
    """Which persons acted from which operating-system account, with the first event of each."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._first: dict[str, dict[str, int]] = {}

    def take(self, fact: Fact[Event]) -> None:
        """Take a fact in; what the product does by itself is nobody's act."""
        if fact.actor != SYSTEM and fact.caused_by is None:
            self._first.setdefault(fact.account, {}).setdefault(fact.actor, fact.position)

    def findings(self) -> Iterator[DutyFinding]:
        """One for each account from which two or more people acted."""
        for account, first in sorted(self._first.items()):
            if len(first) > 1:
                who = joined(self._names.people(first), "and")
                yield DutyFinding(
                    severity=NEAR,
                    kind="one account",
                    about=account,
                    persons=tuple(sorted(first)),
                    events=tuple(sorted(first.values())),
                    sentence=f"The account {account} acted as {who}: identity is declared, and one account said it was several people.",
                )


def _facts(reader: Reader, progress: Progress | None) -> Iterator[Fact[Event]]:
    """Every fact, by position."""
    after, last = 0, reader.at or reader.store.head().position
    while after < last:
        page = reader.store.page(after, min(PAGE, last - after))
        if not page:
            return
        yield from page
        after = page[-1].position
        if progress is not None:
            progress(after, last)
