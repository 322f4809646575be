"""Who closed a period, and whether they had reported on it alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date

from engine.queries.names import Names
from engine.queries.separation.finding import NEAR, DutyFinding
from engine.queries.separation.hands import Hand, found, one_account, undelegated
from engine.queries.shown import counted
from engine.states.people import People
from events.fact import Fact
from events.instant import Instant
from events.kinds.figures import (
    FigureAbsent,
    FigureConfirmed,
    FigureEntered,
    RestatementProposed,
    RestatementWithdrawn,
)
from events.kinds.periods import PeriodClosed
from events.schema import Event

GIVEN = FigureEntered | FigureAbsent | RestatementProposed
"""What a period's report is made of: a figure, or the word why there is none; another person confirms it."""


class Closings:
    """The last hands in each figure of the periods that are closed one day."""

    def __init__(self, closed: Collection[str], names: Names, local_day: Callable[[Instant], date]) -> None:
        self._names = names
        self._local_day = local_day
        self._given: dict[str, dict[str, Hand]] = {period: {} for period in closed}
        """Period → series → who gave its figure."""
        self._before: dict[tuple[str, str], Hand | None] = {}
        """(period, series) whose restatement waits → who had given the figure until then."""
        self._confirmed: dict[str, dict[str, Hand]] = defaultdict(dict)

    def take(self, fact: Fact[Event], people: People) -> Iterator[DutyFinding]:
        """Take a fact in; tell what is to be asked about a closing."""
        event = fact.event
        if isinstance(event, GIVEN | FigureConfirmed) and event.period in self._given:
            confirmed = isinstance(event, FigureConfirmed)
            what = "confirmed figures of it" if confirmed else "reported on it"
            hand = Hand(fact.position, fact.actor, event.move.acting_for, fact.account, what)
            self._keep_before(fact, event)
            (self._confirmed if confirmed else self._given)[event.period][fact.stream] = hand
        elif isinstance(event, RestatementWithdrawn):
            self._as_before(event.period, fact.stream)
        elif isinstance(event, PeriodClosed):
            yield from self._closed(fact, event, people)

    def _keep_before(self, fact: Fact[Event], event: GIVEN | FigureConfirmed) -> None:
        """While a restatement waits, who gave what stands until then is kept: it may be taken back."""
        about = event.period, fact.stream
        if isinstance(event, RestatementProposed):
            self._before.setdefault(about, self._given[event.period].get(fact.stream))
        else:
            self._before.pop(about, None)

    def _as_before(self, period: str, series: str) -> None:
        """A restatement that was taken back or declined gave nothing."""
        given, hand = self._given.get(period, {}), self._before.pop((period, series), None)
        given.pop(series, None)
        if hand is not None:
            given[series] = hand

    def _closed(self, fact: Fact[Event], event: PeriodClosed, people: People) -> Iterator[DutyFinding]:
        about, names = f"the closing of {event.period}", self._names
        hand = Hand(fact.position, fact.actor, event.acting_for, fact.account, "closed it")
        given = self._given.pop(event.period, {})
        confirmed = self._confirmed.pop(event.period, {})
        who, days = (
            names.acted(hand.person, hand.acting_for),
            (fact.effective_on, self._local_day(fact.received_at)),
        )
        yield from undelegated(hand._replace(what=f"closed {event.period}"), about, people, days, names)
        for hands, did in (
            (given, "on which nobody else had reported"),
            (confirmed, "of which nobody else had confirmed a figure"),
        ):
            alone = bool(hands) and all(each.persons & hand.persons for each in hands.values())
            if alone:
                first = min(hands.values())
                said = f"{who} closed {event.period}, {did} ({counted(len(hands), 'figure')})."
                yield found(NEAR, "own report", about, (first, hand), said)
        if event.missing:
            said = f"{who} closed {event.period} with {counted(len(event.missing), 'requirement')} missing and named."
            yield found(NEAR, "with missing", about, (hand,), said)
        everybody = sorted((*given.values(), *confirmed.values(), hand))
        if hand.account in {each.account for each in everybody if each.person != hand.person}:
            own = [each for each in everybody if each.account == hand.account]
            yield from one_account(own, about, names)
