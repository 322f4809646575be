"""Small books for provoking messages: always called book.goldenthread, in a folder that is gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from datetime import date
from typing import Any

from adapters.sql import SqlStore, open_sqlite
from engine.ports import Part, Unit
from engine.view import Line, columns_of
from events.fact import Draft
from events.instant import Instant
from events.kinds.register import MeetingAdded

NAME = "book.goldenthread"
NOW = Instant("2026-04-01T09:00:00.000000Z")


class Meeting(Line):
    """Who meets on which day."""

    on: str
    body: str


class Agenda:
    """A view for them: who meets on which day."""

    def __init__(self, name: str = "agenda", ranged: bool = True) -> None:
        self.name, self.ranged = name, ranged
        self.line, self.columns = Meeting, columns_of(Meeting)
        self.key = ("on", "body")
        self.indexes = ()
        self.heeds = (MeetingAdded,)

    def touches(self, fact: Any) -> Any:
        return [(fact.event.on.isoformat(), fact.event.body)]

    def fold(self, row: Any, key: Any, fact: Any) -> Any:
        return Meeting(*key)


@contextmanager
def a_folder() -> Iterator[None]:
    """An empty current folder."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        yield


@contextmanager
def a_book(*views: Any, **more: Any) -> Iterator[SqlStore]:
    """A new book in the current folder."""
    with a_folder():
        store = open_sqlite(NAME, views, create=True, **more)
        try:
            yield store
        finally:
            store.close()


def a_part(command_id: str = "C1", body: str = "cabinet", filed: str = "") -> Part:
    """One meeting added by one command."""
    draft = Draft(
        stream="meetings",
        event=MeetingAdded(body=body, on=date(2026, 5, 1)),
        received_at=NOW,
        effective_on=date(2026, 4, 1),
        actor="p-1",
        account="clerk@townhall",
        command_id=command_id,
        correlation_id=command_id,
    )
    return Part(command_id=filed or command_id, request_digest="", drafts=[draft])


def a_unit(*parts: Part, now: Instant = NOW, **more: Any) -> Unit:
    """Those parts, written together."""
    return Unit(parts=parts or (a_part(),), read={}, now=now, **more)
