"""The stores that every test of this folder runs on, and what the tests write into them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.sql import open_postgres, open_sqlite
from adapters.sql.backup import back_up
from engine.ports import Notice, Part, Store, Unit
from engine.testing import InMemoryStore
from engine.view import View
from events.fact import Draft
from events.instant import Instant, instant
from events.kinds.register import MeetingAdded, MeetingCancelled
from events.schema import Event
from events.text import Text
from tests import postgres
from tests.campaigns.homes import HOMES

from .custody import fill, quiet
from .meetings import AGENDA, MEETINGS, VIEWS
from .restoring import Restoring, whole

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


@pytest.fixture(params=HOMES)
def restore(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Restoring]:
    (tmp_path / "home").mkdir()
    home = HOMES[request.param](tmp_path / "home")
    yield Restoring(home, tmp_path / "backup.goldenthread")
    home.cleanup()


@pytest.fixture
def expected(restore: Restoring, desk: Any) -> dict[str, list[Any]]:
    """A book, its backup, and what both hold."""
    with closing(restore.home.make(VIEWS)) as store:
        fill(store, desk)
        back_up(store._database, "", restore.backup, VIEWS, force=False, watch=quiet)
        return whole(store)
