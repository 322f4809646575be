"""What every check is handed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, runtime_checkable

from engine.handle import Engine
from engine.queries.finding import ERROR, NOTE, WARNING, Finding
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.shown import time_shown
from events.errors import Problem
from events.instant import Instant, moment

SHORTLY = timedelta(minutes=10)
"""How long something may be half done."""


@runtime_checkable
class TellsAboutItself(Protocol):
    """A store that can say what it runs on, for example ``{"sqlite": "3.46.1"}``; optional."""

    def about(self) -> Mapping[str, str]:
        """Name → version or setting."""
        ...


@runtime_checkable
class TellsWhoMayChange(Protocol):
    """A store in a database that has rights of its own; optional."""

    def open_to_change(self) -> list[Problem]:
        """Who besides the owner may change or delete what is recorded."""
        ...


@dataclass(frozen=True, slots=True)
class Visit:
    """A look at one book at one instant."""

    engine: Engine
    reader: Reader
    now: Instant
    today: date
    names: Names
    unattended: bool = False
    """Asked by a monitor: what others may just be in the middle of is not wrong yet."""

    def shown(self, at: Instant) -> str:
        """An instant in the book's local time."""
        return time_shown(at, self.reader.calendar.time_zone)

    @property
    def about(self) -> Mapping[str, str]:
        """What the store runs on."""
        store = self.reader.store
        return store.about() if isinstance(store, TellsAboutItself) else {}

    def interrupted(self, began: Instant) -> bool:
        """Whether what began then and has not ended cannot be under way any more."""
        return not self.unattended or moment(self.now) - moment(began) > SHORTLY


Check = Callable[[Visit], Iterator[Finding]]


def run_checks(
    engine: Engine,
    now: Instant,
    checks: tuple[Check, ...],
    names: Names | None = None,
    *,
    unattended: bool = False,
) -> list[Finding]:
    """Everything that these checks find, errors first."""
    reader = Reader(engine)
    visit = Visit(
        engine, reader, now, reader.shelf.local_day(reader.framework, now), names or Names(), unattended
    )
    found = [finding for check in checks for finding in check(visit)]
    return sorted(found, key=lambda finding: (ERROR, WARNING, NOTE).index(finding.severity))
