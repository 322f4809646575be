"""Folded states kept between commands of one process, so that a stream is read once and then only its new facts.

This is a convenience, not a truth: it can be emptied at any time, every version that a decision rests on is
checked again at the commit, and a process that starts afresh folds from the log.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, Self

from engine.ports import Store
from engine.states.framework import Book, Framework
from engine.states.imports import Imports
from engine.states.matters import Matters
from engine.states.people import People
from engine.states.register import Indicator, Meetings, Services, Targets
from engine.states.series import Series
from events.fact import Fact
from events.schema import Event

MOST_STREAMS = 8_192
"""How many streams are remembered; the least recently used are forgotten."""
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
}
"""First word of a stream's name → the state it folds into."""


@dataclass(slots=True)
class Remembered:
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
        self._position = 0

    @property
    def position(self) -> int:
        """How far into the log everybody's facts have been taken in."""
        return self._position

    def catch_up(self) -> None:
        """Take in what others have committed since the last look."""
        head = self._store.head().position
        if head == self._position:
            return
        if not self._known or head - self._position > CATCH_UP or head < self._position:
            self.forget()
        else:
            self.learn(self._store.page(self._position, CATCH_UP + 1, until=head))
        self._position = head

    def forget(self) -> None:
        """Start again from the log."""
        self._known.clear()
        self._position = self._store.head().position

    def learn(self, facts: Iterable[Fact[Event]]) -> None:
        """Fold committed facts into the streams that are remembered.

        One's own facts may stand behind those of others that have not been read yet: then the place in the log
        stays before these, and the next `catch_up` passes over what is known already.
        """
        for fact in facts:
            known = self._known.get(fact.stream)
            if known is not None and fact.version == known.version + 1:
                known.state.apply(fact)
                known.version = fact.version
            elif known is not None and fact.version > known.version:
                del self._known[fact.stream]
            if fact.position == self._position + 1:
                self._position = fact.position

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

    def at(self, stream: str) -> Remembered:
        """A stream's committed state. Do not change it; copy first."""
        if stream not in self._known:
            self.fetch([stream])
        self._known.move_to_end(stream)
        return self._known[stream]

    def trim(self, most_facts: int | None = None) -> None:
        """Forget the least recently used streams beyond the limit; called between commands only.

        `most_facts`: how many facts may be remembered in all, for whoever passes through the whole book.
        """
        while len(self._known) > MOST_STREAMS:
            self._known.popitem(last=False)
        if most_facts is not None:
            facts = sum(known.version for known in self._known.values())
            while facts > most_facts:
                facts -= self._known.popitem(last=False)[1].version
