"""A store that has trouble with the deadlines of its choice, as a mistake in the program or a server may make it."""

from __future__ import annotations

from collections.abc import Callable

from engine.ports import Store, Unit
from engine.testing.council import Council
from events.fact import Fact
from events.schema import Event

Trouble = Callable[[str], BaseException | None]


class Troubled:
    """A store whose commits fail for some command ids, with whatever exception `trouble` answers."""

    def __init__(self, store: Store, trouble: Trouble) -> None:
        self._store = store
        self.trouble: Trouble = trouble

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        for part in unit.parts:
            if (error := self.trouble(part.command_id)) is not None:
                raise error
        return self._store.commit(unit)

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def a_bug(*services: str) -> Trouble:
    """A mistake in the program that shows with the deadlines of some services only."""
    streams = tuple(f"interventions/AE4/{service}/" for service in services)
    return lambda command_id: ZeroDivisionError("their words") if command_id.startswith(streams) else None


def well(_: str) -> None:
    """No trouble any more."""


def trouble(council: Council, with_: Trouble) -> Troubled:
    council.engine.store = store = Troubled(council.store, with_)  # type: ignore[assignment]  # a store for this test
    return store
