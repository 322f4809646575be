"""A home, a backup that is to be put there, and what the home holds afterwards."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from adapters.sql import SqlStore, open_postgres, open_sqlite
from adapters.sql.restore_file import restore_file
from adapters.sql.restore_schema import restore_schema
from engine.audit.verify import verify
from engine.custody import Restored, Watch
from tests.campaigns.homes import Home, PostgresHome, SqliteHome

from .custody import NOW, quiet, rows, views_of
from .meetings import VIEWS


@dataclass
class Restoring:
    """A home, and a backup that is to be put there."""

    home: Home
    backup: Path

    def __call__(self, watch: Watch = quiet, **asked: Any) -> Restored:
        how = {"check": True, "replace": False, "dry_run": False, "wait_seconds": 0.3} | asked
        if isinstance(self.home, SqliteHome):
            return restore_file(self.backup, self.home.path, VIEWS, now=NOW, watch=watch, **how)
        assert isinstance(self.home, PostgresHome)
        return restore_schema(
            self.backup, self.home.url, self.home.schema, VIEWS, now=NOW, watch=watch, **how
        )

    def aside(self, done: Restored) -> SqlStore:
        """What stood there before, open."""
        if isinstance(self.home, SqliteHome):
            return open_sqlite(done.aside, VIEWS, create=False)
        assert isinstance(self.home, PostgresHome)
        return open_postgres(self.home.url, done.aside.removeprefix("schema "), VIEWS, create=False)

    def places(self) -> set[str]:
        """Everything that stands near the home."""
        if isinstance(self.home, SqliteHome):
            names = {path.name for path in self.home.path.parent.iterdir()}
            return {name for name in names if not name.endswith((".lock", "-shm", "-wal"))}
        assert isinstance(self.home, PostgresHome)
        with psycopg.connect(self.home.url) as connection:
            found = connection.execute(
                "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", (self.home.schema,)
            )
            return {row[0] for row in found.fetchall()}


def now_holds(restore: Restoring) -> dict[str, list[Any]]:
    with closing(restore.home.open(views=VIEWS)) as store:
        found = verify(store, views=VIEWS)
        assert (found.faults, found.views) == ([], "equal")
        return whole(store)


def record(restore: Restoring, desk: Any, times: int = 3) -> dict[str, list[Any]]:
    """Three facts that the backup lacks."""
    with closing(restore.home.open(views=VIEWS)) as store:
        for _ in range(times):
            store.commit(desk.of(desk.added("later")))
        return whole(store)


def whole(store: SqlStore) -> dict[str, list[Any]]:
    return rows(store) | views_of(store, VIEWS)
