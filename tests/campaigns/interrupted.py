"""A council that is slow: somebody else is let in just before it commits what it has decided."""

from __future__ import annotations

from collections.abc import Callable

from engine.ports import Store, Unit
from engine.testing.council import Council
from events.fact import Fact
from events.schema import Event


class Interrupted:
    """A store that lets somebody else in just before a commit."""

    def __init__(self, store: Store, first: Callable[[], object], times: int = 1) -> None:
        self._store = store
        self._first = first
        self._left = times

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        if self._left:
            self._left -= 1
            self._first()
        return self._store.commit(unit)

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def slow(council: Council, meanwhile: Callable[[], object], times: int = 1) -> None:
    """From now on the council decides before somebody else, and commits after them."""
    council.engine.store = Interrupted(council.store, meanwhile, times)  # type: ignore[assignment]  # a store for this test
