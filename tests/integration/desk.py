"""A worker in this process, beside the council whose deadlines it passes."""

from __future__ import annotations

from datetime import timedelta

from engine.deadlines.worker import Worker
from engine.office import Office
from engine.packs.pack import Pack
from engine.ports import Store
from engine.queries.health import health
from engine.testing.council import Council
from tests.office import office_of

from .conftest import ROOT
from .many_deadlines import FELL_DUE, OPENED, council_waiting

EVERY = timedelta(seconds=30)


class Pulse:
    """A heart that is told to stop after so many units of work."""

    def __init__(self, units: int = 1_000_000) -> None:
        self._left = units

    def stopping(self) -> bool:
        return self._left <= 0

    def alive(self) -> None:
        self._left -= 1


class Desk:
    """A worker of a council's book, with its log."""

    def __init__(self, council: Council, name: str = "council@townhall:1") -> None:
        self.council = council
        self.lines: list[dict[str, object]] = []
        self.worker = Worker(self.office, name=name, every=EVERY, log=self._log)

    def office(self) -> Office:
        return office_of(self.council, ROOT / "packs")

    def _log(self, event: str, **ids: object) -> None:
        self.lines.append({"event": event, **ids})

    def events(self) -> list[object]:
        return [line["event"] for line in self.lines]


class KeptOpen:
    """A store that others use too."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def close(self) -> None:
        pass

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def alarms(council: Council) -> set[str]:
    """But for those of the tests' own server and of books in memory, which are never to outlive their machine."""
    found = {finding.code for finding in health(council.engine, council.now())}
    return found - {"GT-DB-102", "GT-CLOCK-112"}


def ten_due(example: Pack) -> Council:
    """Ten matters, each with a deadline that has just fallen due."""
    council = council_waiting(example, OPENED, 10)
    council.at(FELL_DUE)
    return council
