"""Replaying the record: every judgement ever recorded is made again from what was known then, and compared.

The log is walked once, in order; nothing is written. A status that the same pack and the same facts do not give
again is reported. This is about judgements; `engine/audit/verify.py` is about whether the record itself is whole.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import msgspec

from engine.audit.closings import frozen_again
from engine.judging.cases import Question, case_for
from engine.judging.lateness import overdue
from engine.memory import Remembered, State, blank
from engine.nouns import Nouns
from engine.packs.shelf import Shelf
from engine.ports import Store
from events.fact import Fact
from events.kinds.periods import PeriodClosed
from events.kinds.statuses import StatusAssessed
from events.period import parse_period
from events.schema import Event
from rules.judge import judge

PAGE = 2_000

S = TypeVar("S", bound=State)


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement that does not come out again as recorded."""

    position: int
    figure: str
    recorded: str
    replayed: str


class Replay(msgspec.Struct, kw_only=True):
    """What a replay found."""

    facts: int = 0
    judgements: int = 0
    differences: list[Difference] = msgspec.field(default_factory=list)


class Prefix(Nouns):
    """All states as they stood at one position of the log."""

    def __init__(self) -> None:
        self._states: dict[str, Remembered] = {}

    def state(self, stream: str, kind: type[S]) -> S:
        """A stream's state at this position."""
        return cast(S, self._at(stream).state)

    def take(self, fact: Fact[Event]) -> None:
        """Move on by one fact."""
        held = self._at(fact.stream)
        held.state.apply(fact)
        held.version = fact.version

    def _at(self, stream: str) -> Remembered:
        if stream not in self._states:
            self._states[stream] = blank(stream)
        return self._states[stream]


def replay(
    store: Store,
    shelf: Shelf,
    *,
    until: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Replay:
    """Judge everything again, up to and including position `until`; `progress` is told how many facts of how many."""
    found, prefix, position = Replay(), Prefix(), 0
    total = store.head().position if until is None else until
    while facts := store.page(position, PAGE, until=until):
        for fact in facts:
            if isinstance(fact.event, StatusAssessed):
                _compare(cast("Fact[StatusAssessed]", fact), prefix, shelf, found)
            elif isinstance(fact.event, PeriodClosed):
                _compare_frozen(store, fact, fact.event, found)
            prefix.take(fact)
        position = facts[-1].position
        found.facts += len(facts)
        if progress is not None:
            progress(found.facts, total)
    return found


def _compare_frozen(store: Store, fact: Fact[Event], closing: PeriodClosed, found: Replay) -> None:
    """A frozen report must come out again with the digest that was recorded."""
    again = frozen_again(store, fact, closing)
    if again != closing.report:
        found.differences.append(
            Difference(
                position=fact.position,
                figure=f"period {closing.period}",
                recorded=f"The report {closing.report[:12]}… was frozen.",
                replayed=f"The record gives the report {again[:12]}….",
            )
        )


def _compare(fact: Fact[StatusAssessed], prefix: Prefix, shelf: Shelf, found: Replay) -> None:
    recorded = fact.event
    _, indicator, service = fact.stream.split("/", 2)
    added = prefix.indicator(indicator).added
    if added is None:
        return
    pack, period = shelf.pack(recorded.pack), parse_period(recorded.period)
    standing = prefix.series(indicator, service).at(recorded.period)
    question = Question(
        indicator=added,
        service=service,
        period=period,
        cause=recorded.cause,
        consequences=True,
        historic=recorded.historic,
        on=fact.effective_on,
        late=overdue(shelf, pack, added, period, standing, fact.effective_on),
    )
    again = judge(pack.rules, case_for(prefix, pack, question))[-1]
    found.judgements += 1
    if again != recorded:
        found.differences.append(
            Difference(
                position=fact.position,
                figure=f"{indicator}/{service}/{recorded.period}",
                recorded=recorded.reason,
                replayed=getattr(again, "reason", ""),
            )
        )
