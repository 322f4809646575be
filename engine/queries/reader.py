"""A book as it stood at one position: view rows, folded states and facts, all of the same prefix of the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from engine.memory import Memory, blank
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.ports import Store
from engine.states.framework import Framework
from engine.view import Row, View
from engine.work import Work
from events.fact import Fact
from events.period import Period
from events.schema import Event
from workflows.calendar import Calendar
from workflows.definition import Definition

if TYPE_CHECKING:
    from engine.handle import Engine  # which decides with the help of what is read here

PAGE = 1_000
"""Facts read at once where a whole kind of fact is wanted."""


class PrefixMemory(Memory):
    """States folded from the facts up to a position and no further."""

    def __init__(self, store: Store, at: int) -> None:
        super().__init__(store)
        self._at = at

    def catch_up(self) -> None:
        """A prefix of the log does not grow."""

    def fetch(self, streams: Iterable[str]) -> None:
        """Fold streams as they were."""
        missing = {stream: 0 for stream in streams if stream not in self._known}
        for stream, facts in (self._store.streams(missing) if missing else {}).items():
            remembered = blank(stream)
            for fact in facts:
                if fact.position > self._at:
                    break
                remembered.state.apply(fact)
                remembered.version = fact.version
            self._known[stream] = remembered


class Reader:
    """What a query reads from; `at` None is now."""

    def __init__(self, engine: Engine, at: int | None = None) -> None:
        self.store: Store = engine.store
        self.shelf: Shelf = engine.shelf
        self.at = at
        if at is None:
            engine.memory.catch_up()
            self.work = Work(engine.memory)
        else:
            self.work = Work(PrefixMemory(engine.store, at))
        self._for_period: dict[Period, Pack | None] = {}
        self._definitions: dict[str, tuple[Pack, Definition]] | None = None

    @classmethod
    def at_desk(cls, work: Work, shelf: Shelf) -> Reader:
        """What a decision reads from: the states of its own desk, and views, which stay true while nobody writes.

        The desk must rest on the whole log (`Work.rest_on_the_whole_log`) before views are read.
        """
        reader = cls.__new__(cls)
        reader.store, reader.shelf, reader.at, reader.work = shelf.store, shelf, None, work
        reader._for_period, reader._definitions = {}, None
        return reader

    @property
    def framework(self) -> Framework:
        """Adopted packs."""
        return self.work.framework()

    @property
    def newest(self) -> Pack | None:
        """The pack adopted last."""
        adopted = self.framework.adopted
        return self.shelf.pack(adopted[-1].digest) if adopted else None

    @property
    def calendar(self) -> Calendar:
        """The calendar of the newest pack."""
        return self.shelf.calendar(self.newest)

    def pack_on(self, day: date) -> Pack | None:
        """The pack in force on a day."""
        return self.shelf.in_force(self.framework, day)

    def pack_for(self, period: Period) -> Pack | None:
        """The pack in force at the end of a period."""
        if period not in self._for_period:
            self._for_period[period] = self.shelf.for_period(self.framework, period)
        return self._for_period[period]

    def definition(self, digest: str) -> tuple[Pack, Definition] | None:
        """A workflow definition by digest, with an adopted pack that holds it; None where no pack does."""
        if self._definitions is None:
            packs = [self.shelf.pack(adopted.digest) for adopted in self.framework.adopted]
            self._definitions = {
                each.digest: (pack, each) for pack in packs for each in pack.workflows.values()
            }
        return self._definitions.get(digest)

    def rows(
        self,
        view: View,
        where: Mapping[str, str | int | Collection[str]] | None = None,
        *,
        order_by: Sequence[str] = (),
        below: Mapping[str, str | int] | None = None,
        only: Sequence[str] = (),
    ) -> list[Row]:
        """Rows of a view as they stood; `only` names the columns wanted, where not all of them are."""
        return self.store.rows(view, where, at=self.at, order_by=order_by, below=below, only=only)

    def latest(
        self,
        view: View,
        count: int,
        where: Mapping[str, str | int | Collection[str]] | None = None,
        *,
        upto: Period | None = None,
        only: Sequence[str] = (),
    ) -> list[Row]:
        """The last rows of each series of a view as they stood, by key; `upto`: the last up to and including a period."""
        below = None if upto is None else {"period": f"{upto} "}  # which sorts before whatever else begins so
        return self.store.latest(view, count, where, at=self.at, below=below, only=only)

    def of_period(self, view: View, period: Period) -> list[Row]:
        """The rows of one period, found series by series, however many other periods there are."""
        return [row for row in self.latest(view, 1, upto=period) if row["period"] == str(period)]

    def facts_of(self, stream: str) -> list[Fact[Event]]:
        """The facts of one stream, oldest first."""
        facts = self.store.streams({stream: 0})[stream]
        return facts if self.at is None else [fact for fact in facts if fact.position <= self.at]

    def all_of(self, *types: str, stream_prefix: str | None = None) -> Iterator[Fact[Event]]:
        """Every fact of some types, by position."""
        after = 0
        while page := self.store.find(
            types=types, stream_prefix=stream_prefix, after=after, until=self.at, limit=PAGE
        ):
            yield from page
            if len(page) < PAGE:
                break
            after = page[-1].position
