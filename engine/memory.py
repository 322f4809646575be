"""Folded states kept between commands of one process, so that a stream is read once and then only its new facts.

This is a convenience, not a truth: it can be emptied at any time, every version that a decision rests on is
checked again at the commit, and a process that starts afresh folds from the log.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import itemgetter
from typing import Protocol, Self

import msgspec

from engine.ports import Head, Store
from engine.states.framework import Book, Framework
from engine.states.imports import Imports
from engine.states.matters import Matters
from engine.states.people import People
from engine.states.periods import Periods
from engine.states.register import Indicator, Meetings, Services, Targets
from engine.states.requests import Requests
from engine.states.series import Series, Standing
from engine.view import Key, Row, Values, View
from events import stream as streams
from events.fact import Fact
from events.instant import EARLIEST
from events.schema import Event

MOST_STREAMS = 8_192
"""How many streams are remembered; the least recently used are forgotten."""
MOST_PERIODS = 20_000
"""How many periods of series are remembered; beyond that the older ones of a series are left out, then whole series."""
KEPT_PERIODS = (26, 14)
"""So many periods of a series are kept where not all can be: first two years of months and a little, then one."""
CATCH_UP = 2_000
"""If others wrote more facts than this since the last look, everything is forgotten instead."""


class State(Protocol):
    """What a stream folds into."""

    def copy(self) -> Self:
        """An independent copy."""
        ...

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        ...


BY_PREFIX: dict[str, Callable[[], State]] = {
    "series": Series,
    "interventions": Matters.empty,
    "matters": Matters.empty,
    "indicator": Indicator,
    "targets": Targets,
    "people": People,
    "services": Services,
    "meetings": Meetings,
    "framework": Framework,
    "book": Book,
    "imports": Imports,
    "periods": Periods,
    "requests": Requests,
}
"""First word of a stream's name → the state it folds into."""


class Remembered(msgspec.Struct):
    """A stream's state at a version."""

    version: int
    state: State


def blank(stream: str) -> Remembered:
    """The state of a stream nobody has written to."""
    return Remembered(0, BY_PREFIX[stream.partition("/")[0]]())


class Memory:
    """Committed states by stream, in step with the log up to one position."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: OrderedDict[str, Remembered] = OrderedDict()
        self._head = Head(0, EARLIEST)
        self.rows: dict[str, dict[Key, Values]] = {}
        """View → rows of it that were read while the log ended at this position, and maybe later; gone when it goes on."""
        self._weights: dict[str, int] = {}
        self._periods = 0
        self._looked_at: set[str] = set()
        """Streams that may have read periods again which were left out, since somebody last weighed them."""
        self.most_periods, self.kept_periods = MOST_PERIODS, KEPT_PERIODS

    @property
    def position(self) -> int:
        """How far into the log everybody's facts have been taken in."""
        return self._head.position

    @property
    def head(self) -> Head:
        """The same with when that was recorded: where the log ends otherwise, it is another log, or has gone on."""
        return self._head

    def catch_up(self) -> None:
        """Take in what others have committed since the last look."""
        head, known = self._store.head(), self._head.position
        if head == self._head:
            return
        if not self._known or head.position - known > CATCH_UP or head.position <= known:
            self.forget()
        else:
            self.learn(self._store.page(known, CATCH_UP + 1, until=head.position))
        self._goes_on(head)

    def forget(self) -> None:
        """Start again from the log."""
        self._known.clear()
        self._weights.clear()
        self._periods = 0
        self._goes_on(self._store.head())

    def keep(self, view: View, rows: Iterable[Row]) -> None:
        """Keep whole rows of a view that were read since the last look at the log, for a commit that follows at once."""
        name = itemgetter(*view.key)
        self.rows[view.name] = {name(row): tuple(row.values()) for row in rows}

    def _goes_on(self, head: Head) -> None:
        self._head = head
        self.rows.clear()

    def adopt(self, decided: Mapping[str, Remembered]) -> None:
        """Take over states as they were decided, once all that was decided of them is committed: nothing is folded twice.

        Only where a state holds no position and no recorded time, which were not known while it was decided.
        """
        for stream, own in decided.items():
            known = self._known.get(stream)
            if known is not None and stream != streams.IMPORTS:
                known.version = own.version
                known.state = state = own.state
                if isinstance(state, Series):
                    self._weigh(stream)

    def learn(self, facts: Iterable[Fact[Event]]) -> None:
        """Fold committed facts into the streams that are remembered.

        One's own facts may stand behind those of others that have not been read yet: then the place in the log
        stays before these, and the next `catch_up` passes over what is known already.
        """
        position, recorded_at = self._head.position, self._head.recorded_at
        for fact in facts:
            known = self._known.get(fact.stream)
            if known is not None and fact.version > known.version:
                if fact.version == known.version + 1:
                    known.state.apply(fact)
                    known.version = fact.version
                    self._weigh(fact.stream)
                else:
                    self._drop(fact.stream)
            if fact.position == position + 1:
                position, recorded_at = fact.position, fact.recorded_at
        self._goes_on(Head(position, recorded_at))

    def fetch(self, streams: Iterable[str]) -> None:
        """Make sure these streams are remembered, reading those that are not in one go."""
        missing = {stream: 0 for stream in streams if stream not in self._known}
        if missing:
            for stream, facts in self._store.streams(missing).items():
                remembered = blank(stream)
                for fact in facts:
                    remembered.state.apply(fact)
                    remembered.version = fact.version
                self._known[stream] = remembered
                self._weigh(stream)

    def at(self, stream: str) -> Remembered:
        """A stream's committed state. Do not change it; copy first."""
        if stream not in self._known:
            self.fetch([stream])
        self._known.move_to_end(stream)
        known = self._known[stream]
        if isinstance(known.state, Series):
            self._looked_at.add(stream)
        return known

    def trim(self, most_facts: int | None = None) -> None:
        """Forget the least recently used streams beyond the limit; called between commands only.

        `most_facts`: how many facts may be remembered in all, for whoever passes through the whole book.
        """
        while len(self._known) > MOST_STREAMS:
            self._drop(next(iter(self._known)))
        for stream in self._looked_at & self._known.keys():
            self._weigh(stream)
        self._looked_at.clear()
        for keep in self.kept_periods:
            if self._periods > self.most_periods:
                self._leave_out(keep)
        while self._periods > self.most_periods:
            self._drop(next(stream for stream in self._known if stream in self._weights))
        if most_facts is not None:
            facts = sum(map(_facts_held, self._known.values()))
            while facts > most_facts:
                stream, known = next(iter(self._known.items()))
                facts -= _facts_held(known)
                self._drop(stream)

    def _leave_out(self, keep: int) -> None:
        """Of every series only so many periods; those left out are read again when somebody asks for them."""
        for stream in [stream for stream, weight in self._weights.items() if weight > keep]:
            known = self._known[stream]
            if isinstance(known.state, Series):
                known.state.leave_out(keep, partial(_whole, self._store, stream, known.version))
            self._weigh(stream)

    def _weigh(self, stream: str) -> None:
        """Take note of how many periods a stream's state holds."""
        state = self._known[stream].state
        if isinstance(state, Series):
            weight = len(state.held)
            self._periods += weight - self._weights.get(stream, 0)
            self._weights[stream] = weight

    def _drop(self, stream: str) -> None:
        del self._known[stream]
        self._periods -= self._weights.pop(stream, 0)


def _facts_held(known: Remembered) -> int:
    """How many facts a state in memory stands for; those of periods that are left out of it do not count."""
    state = known.state
    if isinstance(state, Series) and state.older is not None:
        return known.version * len(state.held) // max(1, len(state.order))
    return known.version


def _whole(store: Store, stream: str, until: int) -> dict[str, Standing]:
    """Every period of a series as it stood at a version."""
    series = Series()
    for fact in store.streams({stream: 0})[stream]:
        if fact.version <= until:
            series.apply(fact)
    return series.held
