"""Where a campaign's book stands: the same campaign runs on every database that a book can be kept in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql

from adapters.sql import SqlStore, open_postgres, open_sqlite
from adapters.sql.store import Failpoint
from engine.view import View
from engine.views import VIEWS
from tests import postgres


class Home(Protocol):
    """One book's place. Forked children open the book themselves: no connection is shared across a fork."""

    name: str
    """Of the database, as a report prints it."""

    def make(self, views: Sequence[View] = VIEWS) -> SqlStore:
        """Make a new, empty book here, and answer it open."""
        ...

    def open(self, failpoint: Failpoint | None = None, views: Sequence[View] = VIEWS) -> SqlStore:
        """Open the book that was made here once more; `failpoint` is called on the way through each commit."""
        ...

    def cleanup(self) -> None:
        """Close what was opened here, and take away what `make` left; harmless where nothing was made."""
        ...


class SqliteHome:
    """A file in a folder, which the test's own folder takes away."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "book.goldenthread"
        self._opened: list[SqlStore] = []

    def make(self, views: Sequence[View] = VIEWS) -> SqlStore:
        """A new file."""
        self._opened.append(open_sqlite(self.path, views, create=True))
        return self._opened[-1]

    def open(self, failpoint: Failpoint | None = None, views: Sequence[View] = VIEWS) -> SqlStore:
        """The file again."""
        self._opened.append(open_sqlite(self.path, views, create=False, failpoint=failpoint))
        return self._opened[-1]

    def cleanup(self) -> None:
        """Take the file and its companions away."""
        close_all(self._opened)
        for path in self.path.parent.glob(f"{self.path.name}*"):
            path.unlink()


class PostgresHome:
    """A schema of the run's own database, or of another one."""

    name = "PostgreSQL"

    def __init__(self, url: str | None = None) -> None:
        self.url, self.schema = url or postgres.server(), postgres.schema()
        self._opened: list[SqlStore] = []

    def make(self, views: Sequence[View] = VIEWS) -> SqlStore:
        """A new schema."""
        self._opened.append(open_postgres(self.url, self.schema, views, create=True))
        return self._opened[-1]

    def open(self, failpoint: Failpoint | None = None, views: Sequence[View] = VIEWS) -> SqlStore:
        """The schema again."""
        self._opened.append(open_postgres(self.url, self.schema, views, create=False, failpoint=failpoint))
        return self._opened[-1]

    def cleanup(self) -> None:
        """Drop the schema; what a dead child's session still holds is gone when the server has noticed its death."""
        close_all(self._opened)
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(self.schema))
            )


def close_all(opened: list[SqlStore]) -> None:
    """Close the stores, and forget them."""
    while opened:
        opened.pop().close()


HOMES: dict[str, Callable[[Path], Home]] = {"sqlite": SqliteHome, "postgres": lambda _: PostgresHome()}
"""Every kind of home; a new one is one line here."""
