"""Where a campaign's book stands: the same campaign runs on every database that a book can be kept in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, Protocol

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
        _close(self._opened)
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
        _close(self._opened)
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(self.schema))
            )


class SweptHome(PostgresHome):
    """A schema that earlier books have stood in: making one takes the server forty times as long as emptying one.

    For councils that do nothing to their tables. What a new schema holds, an emptied one holds: `sweep` leaves the
    values of `meta` as they were made, and starts the numbers of the outbox again.
    """

    _swept: ClassVar[list[tuple[str, str]]] = []
    _made: ClassVar[dict[str, list[tuple[str, str]]]] = {}
    """Of each schema: what stood in `meta` when it was new."""

    def __init__(self) -> None:
        super().__init__()
        if self._swept:
            self.url, self.schema = self._swept.pop()

    def make(self, views: Sequence[View] = VIEWS) -> SqlStore:
        """A new schema, or one that was swept."""
        if self.schema in self._made:
            return self.open(views=views)
        store = super().make(views)
        with psycopg.connect(self.url, autocommit=True) as connection:
            self._made[self.schema] = connection.execute(
                sql.SQL("SELECT name, value FROM {}").format(self._table("meta"))
            ).fetchall()
        return store

    def cleanup(self) -> None:
        """Empty every table, and keep the schema for another book."""
        _close(self._opened)
        if self.schema not in self._made:
            return
        with psycopg.connect(self.url) as connection:
            connection.execute("SET session_replication_role TO replica")  # facts are not deleted otherwise
            of = sql.SQL(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = {}::regnamespace"
            )
            tables = connection.execute(of.format(sql.Literal(f'"{self.schema}"'))).fetchall()
            for (name,) in tables:
                connection.execute(sql.SQL("DELETE FROM {}").format(self._table(name)))
            for row in self._made[self.schema]:
                connection.execute(sql.SQL("INSERT INTO {} VALUES (%s, %s)").format(self._table("meta")), row)
            outbox = sql.Literal(f'"{self.schema}".outbox')
            restart = sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), 1, false)")
            connection.execute(restart.format(outbox))
        self._swept.append((self.url, self.schema))

    def _table(self, name: str) -> sql.Identifier:
        return sql.Identifier(self.schema, name)


def _close(opened: list[SqlStore]) -> None:
    while opened:
        opened.pop().close()


HOMES: dict[str, Callable[[Path], Home]] = {"sqlite": SqliteHome, "postgres": lambda _: PostgresHome()}
"""Every kind of home; a new one is one line here."""
