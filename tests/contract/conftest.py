"""The stores that every test of this folder runs on, and what the tests write into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from adapters.sql import open_postgres, open_sqlite
from engine.ports import Notice, Part, Store, Unit
from engine.testing import InMemoryStore
from engine.view import Key, Row, View
from events.fact import Draft, Fact
from events.instant import Instant, instant
from events.kinds.register import MeetingAdded, MeetingCancelled
from events.schema import Event
from events.text import Text
from tests import postgres

Opener = Callable[[Path, Sequence[View]], Store]


def in_memory(_: Path, views: Sequence[View]) -> Store:
    return InMemoryStore(views)


def in_sqlite(folder: Path, views: Sequence[View]) -> Store:
    return open_sqlite(folder / "book.goldenthread", views, create=True)


def in_postgres(_: Path, views: Sequence[View]) -> Store:
    return open_postgres(postgres.server(), postgres.schema(), views, create=True)


STORES: dict[str, Opener] = {"memory": in_memory, "sqlite": in_sqlite, "postgres": in_postgres}
"""Every implementation of the port; a new one is one line here."""

START = datetime(2026, 4, 1, 9, tzinfo=UTC)


class Meetings:
    """How many meetings a body has, and the day of the last one; a body without any has no row. Keeps history."""

    name = "meetings_of"
    columns: Mapping[str, type[str] | type[int]] = {"body": str, "count": int, "last": str}
    key = ("body",)
    ranged = True
    indexes = (("last",),)
    heeds = (MeetingAdded, MeetingCancelled)

    def touches(self, fact: Fact[Event]) -> Iterable[Key]:
        if isinstance(fact.event, MeetingAdded | MeetingCancelled):
            if fact.event.body == "a body nobody expected":
                raise LookupError(fact.event.body)
            yield (fact.event.body,)

    def fold(self, row: Row | None, key: Key, fact: Fact[Event]) -> Row | None:
        count, last = (int(row["count"] or 0), row["last"]) if row else (0, None)
        if isinstance(fact.event, MeetingAdded):
            return {"body": key[0], "count": count + 1, "last": fact.event.on.isoformat()}
        return {"body": key[0], "count": count - 1, "last": last} if count > 1 else None


class Agenda:
    """Who meets on which day; only what stands now."""

    name = "agenda"
    columns: Mapping[str, type[str] | type[int]] = {"on": str, "body": str, "times": int, "by": str}
    key = ("on", "body")
    ranged = False
    indexes = (("body",),)
    heeds = (MeetingAdded, MeetingCancelled)

    def touches(self, fact: Fact[Event]) -> Iterable[Key]:
        if isinstance(fact.event, MeetingAdded | MeetingCancelled):
            yield (fact.event.on.isoformat(), fact.event.body)

    def fold(self, row: Row | None, key: Key, fact: Fact[Event]) -> Row | None:
        if isinstance(fact.event, MeetingCancelled):
            return None
        times = int(row["times"] or 0) if row else 0
        return {"times": times + 1, "by": fact.actor if fact.actor != "nobody" else None}


MEETINGS, AGENDA = Meetings(), Agenda()
VIEWS: tuple[View, ...] = (MEETINGS, AGENDA)


class Desk:
    """Puts units together as a clerk would: every command gets the next id, and time stands still unless moved."""

    def __init__(self) -> None:
        self.now = START
        self._count = 0

    def at(self) -> Instant:
        return instant(self.now)

    def wait(self, by: timedelta) -> None:
        self.now += by

    def added(self, body: str = "cabinet", day: int = 1) -> MeetingAdded:
        return MeetingAdded(body=body, on=date(2026, 5, day))

    def cancelled(self, body: str = "cabinet", day: int = 1) -> MeetingCancelled:
        return MeetingCancelled(body=body, on=date(2026, 5, day))

    def part(
        self,
        *events: Event,
        stream: str = "meetings",
        command_id: str | None = None,
        actor: str = "clerk",
        correlation_id: str | None = None,
        notices: Sequence[tuple[int, Notice]] = (),
    ) -> Part:
        self._count += 1
        name = command_id or f"C{self._count:04d}"
        drafts = [
            Draft(
                stream=stream,
                event=event,
                received_at=self.at(),
                effective_on=date(2026, 4, 2),
                actor=actor,
                account="clerk@townhall",
                command_id=name,
                correlation_id=correlation_id or name,
            )
            for event in events
        ]
        return Part(command_id=name, request_digest=f"digest of {name}", drafts=drafts, notices=notices)

    def unit(
        self,
        *parts: Part,
        read: Mapping[str, int] | None = None,
        texts: Sequence[Text] = (),
        blobs: Mapping[str, bytes] | None = None,
        unmoved: int | None = None,
    ) -> Unit:
        return Unit(
            parts=parts, read=read or {}, unmoved=unmoved, texts=texts, blobs=blobs or {}, now=self.at()
        )

    def of(self, *events: Event, read: Mapping[str, int] | None = None, **about: str) -> Unit:
        """One command that writes these events."""
        return self.unit(self.part(*events, **about), read=read)  # type: ignore[arg-type]  # only text is passed


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = STORES[request.param](tmp_path, VIEWS)
    yield opened
    opened.close()


@pytest.fixture
def meetings() -> View:
    return MEETINGS


@pytest.fixture
def agenda() -> View:
    return AGENDA
