"""Councils that are founded once: whoever founds one again is handed another council with a copy of the first one's book.

Founding a council is forty commands, and hundreds of tests begin with the same. A copy holds the same facts, rows,
texts and numbers; clock and ids go on from where the founding left them; the engine is a new one. Nothing is kept
from one run to the next.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from itertools import count
from typing import Any, ParamSpec, TypeVar, cast

from engine.handle import Engine
from engine.packs.pack import Pack
from engine.ports import Holidays, Store
from engine.testing import CountingIds, FrozenClock
from engine.testing.council import Council

from .homes import KeptHome

OPEN_AT_ONCE = 8
"""Property tests found a council for each example and look at the last few only."""

P = ParamSpec("P")
T = TypeVar("T")


class Books:
    """Where the councils of one test keep their books: each in a home of its own, on the database of this name."""

    def __init__(self, database: str, new_home: Callable[[], KeptHome]) -> None:
        self.database = database
        self._new_home = new_home
        self._homes: deque[KeptHome] = deque()

    def __call__(self) -> Store:
        """A new book."""
        return self._next().make()

    def keep(self) -> Any:
        """What the book that was made last holds."""
        return self._homes[-1].keep()

    def again(self, kept: Any) -> Store:
        """A book that holds what was kept of another."""
        return self._next().make_again(kept)

    def close(self) -> None:
        """Take them all away."""
        while self._homes:
            self._homes.popleft().cleanup()

    def _next(self) -> KeptHome:
        if len(self._homes) == OPEN_AT_ONCE:
            self._homes.popleft().cleanup()
        self._homes.append(self._new_home())
        return self._homes[-1]


@dataclass(frozen=True)
class Founded:
    """A council as its founding left it; in `answer`, what the founding answered, `place` stands for the council."""

    answer: Any
    place: Council
    book: Any
    pack: Pack
    holidays: Holidays
    now: datetime
    ids: tuple[int, int]

    @classmethod
    def just_now(cls, answer: Any, books: Books) -> Founded:
        """What a founding has answered, before anything else happens to it."""
        council, place = _council_of(answer), Council.__new__(Council)
        return cls(
            answer=deepcopy(answer, {id(council): place}),
            place=place,
            book=books.keep(),
            pack=council.pack,
            holidays=council.engine.shelf.holidays,
            now=council.clock.now(),
            ids=_numbers(council.ids),
        )

    def again(self, books: Books) -> Any:
        """The same answer, with another council in the same state."""
        council = Council.__new__(Council)
        council.pack = self.pack
        council.clock = FrozenClock(self.now)
        council.ids = CountingIds()
        _go_on(council.ids, self.ids)
        council.store = books.again(self.book)
        council.engine = Engine(council.store, self.holidays)
        return deepcopy(self.answer, {id(self.place): council})


_FOUNDED: dict[Hashable, Founded] = {}


def once(found: Callable[P, T]) -> Callable[P, T]:
    """Found a council once for the same pack, the same words and the same kind of book, and copy it from then on.

    `found` makes one council, and answers it or values that hold it.
    """

    @wraps(found)
    def founded(*given: P.args, **named: P.kwargs) -> T:
        books = Council.new_store
        if not isinstance(books, Books):
            return found(*given, **named)
        words = [each.digest if isinstance(each, Pack) else each for each in (*given, *named.values())]
        key = (found, books.database, tuple(named), *words)
        if key in _FOUNDED:
            return cast(T, _FOUNDED[key].again(books))
        answer = found(*given, **named)
        _FOUNDED[key] = Founded.just_now(answer, books)
        return answer

    return founded


def _council_of(answer: Any) -> Council:
    if isinstance(answer, tuple):
        return next(each for each in answer if isinstance(each, Council))
    found = answer if isinstance(answer, Council) else answer.council
    assert isinstance(found, Council)
    return found


def _numbers(ids: CountingIds) -> tuple[int, int]:
    """The next ones, without using them up."""
    following = next(ids._commands), next(ids._nonces)
    _go_on(ids, following)
    return following


def _go_on(ids: CountingIds, following: tuple[int, int]) -> None:
    ids._commands, ids._nonces = map(count, following)
