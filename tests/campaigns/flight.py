"""A turn with a PostgreSQL server that is cut off while it is in flight: the server's own process for it is ended."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import psycopg

from adapters.sql import SqlStore
from events.errors import Unavailable
from tests.campaigns.homes import Home, PostgresHome


def cut_off_in_flight(home: Home, life: Callable[[SqlStore], object]) -> None:
    """Live until a turn is cut off in flight: whoever is told that its outcome is not known then kills itself."""
    assert isinstance(home, PostgresHome)
    with psycopg.connect(home.url, autocommit=True) as other:
        cut = _Cut(other)
        cut.store = home.open(cut)
        told = _told(life, cut.store)
        assert told == (["GT-DB-026"] if cut.happened else []), "whoever is cut off is told so"
        if cut.happened:
            os.kill(os.getpid(), signal.SIGKILL)


def _told(life: Callable[[SqlStore], object], store: SqlStore) -> list[str]:
    try:
        life(store)
    except Unavailable as error:
        return [problem.code for problem in error.problems]
    return []


class _Cut:
    """A failpoint that cuts the first turn off: it waits for the lock, which is held until then, so nothing of it is written."""

    def __init__(self, other: psycopg.Connection[Any]) -> None:
        self.other, self.happened = other, False
        self.store: SqlStore

    def __call__(self, place: str) -> None:
        """Hold the lock before the turn; end its process while it waits."""
        database: Any = self.store._database
        if self.happened:
            return
        if place == "before append":
            self.other.execute("SELECT pg_try_advisory_lock(%s)", (database.lock_key("append"),))
        elif place == "in flight":
            self.happened = True
            pid = database.open_connection().info.backend_pid
            self.other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
            self.other.execute("SELECT pg_advisory_unlock_all()")
