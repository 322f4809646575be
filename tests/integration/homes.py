"""Homes of books that can be made again: what one book held stands in another place, without asking the engine anew."""

from __future__ import annotations

import atexit
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar, Protocol

import psycopg
from psycopg import sql

from adapters.sql import SqlStore
from engine.view import View
from engine.views import VIEWS
from tests import postgres
from tests.campaigns.homes import Home, PostgresHome, SqliteHome, close_all


class KeptHome(Home, Protocol):
    """A home whose book can be kept, and made again in another home of its kind."""

    def keep(self) -> Any:
        """What the book holds now."""
        ...

    def make_again(self, kept: Any) -> SqlStore:
        """A book here that holds what was kept, open."""
        ...


class KeptFile(SqliteHome):
    """A file, kept as its bytes."""

    def keep(self) -> bytes:
        """The bytes of the file, with what its log has for them."""
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.serialize()

    def make_again(self, kept: bytes) -> SqlStore:
        """The same bytes here."""
        self.path.write_bytes(kept)
        return self.open()


class SweptHome(PostgresHome):
    """A schema that earlier books have stood in: making one takes the server forty times as long as emptying one.

    For councils that do nothing to their tables. What a new schema holds, an emptied one holds: it is swept of every
    row but the values of `meta` as they were made, and the numbers of the outbox start again. What is kept of a book
    stands in a schema of its own, in tables without indexes, of which others are filled.
    """

    _swept: ClassVar[list[tuple[str, str]]] = []
    _sweeping: ClassVar[dict[str, sql.Composable]] = {}
    """Of each schema: the statements that make it as it was when it was new."""

    def __init__(self) -> None:
        super().__init__()
        if self._swept:
            self.url, self.schema = self._swept.pop()

    def make(self, views: Sequence[View] = VIEWS) -> SqlStore:
        """A new schema, or one that was swept."""
        if self.schema in self._sweeping:
            return self.open(views=views)
        store = super().make(views)
        rows = [sql.SQL("({}, {})").format(*map(sql.Literal, row)) for row in self._rows("meta")]
        self._sweeping[self.schema] = sql.SQL(" ").join(
            (
                *(sql.SQL("DELETE FROM {};").format(self._table(name)) for name in self._tables()),
                sql.SQL("INSERT INTO {} VALUES {};").format(self._table("meta"), sql.SQL(", ").join(rows)),
                self._numbered(1, False),
            )
        )
        return store

    def keep(self) -> Callable[[SweptHome], sql.Composable]:
        """The statements that fill a swept schema with what stands here now."""
        kept = postgres.schema()
        names = [name for name in self._tables() if self._rows(name, limit=1)]
        copied = sql.SQL("CREATE TABLE {} AS SELECT * FROM {};")
        _ask(
            self.url,
            sql.SQL("CREATE SCHEMA {};").format(sql.Identifier(kept))
            + sql.SQL(" ").join(
                copied.format(sql.Identifier(kept, name), self._table(name)) for name in names
            ),
        )
        ((last, called),) = _ask(
            self.url, sql.SQL("SELECT last_value, is_called FROM {}").format(self._table("outbox_id_seq"))
        )
        filled = sql.SQL("INSERT INTO {} SELECT * FROM {};")
        return lambda home: (
            sql.SQL("DELETE FROM {};").format(home._table("meta"))
            + sql.SQL(" ").join(
                filled.format(home._table(name), sql.Identifier(kept, name)) for name in names
            )
            + home._numbered(last, called)
        )

    def make_again(self, kept: Callable[[SweptHome], sql.Composable]) -> SqlStore:
        """A schema with the same rows."""
        if self.schema not in self._sweeping:
            self.make().close()
        _ask(self.url, kept(self))
        return self.open()

    def cleanup(self) -> None:
        """Empty every table, and keep the schema for another book."""
        close_all(self._opened)
        if self.schema in self._sweeping:
            _ask(self.url, self._sweeping[self.schema])
            self._swept.append((self.url, self.schema))

    def _tables(self) -> list[str]:
        of = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = {}::regnamespace ORDER BY 1"
        return [name for (name,) in _ask(self.url, sql.SQL(of).format(sql.Literal(f'"{self.schema}"')))]

    def _rows(self, name: str, limit: int | None = None) -> list[tuple[Any, ...]]:
        return _ask(
            self.url, sql.SQL("SELECT * FROM {} LIMIT {}").format(self._table(name), sql.Literal(limit))
        )

    def _numbered(self, last: int, called: bool) -> sql.Composable:
        """A statement: where the numbers of the outbox go on."""
        return sql.SQL("SELECT setval({}, {}, {});").format(
            sql.Literal(f'"{self.schema}".outbox_id_seq'), sql.Literal(last), sql.Literal(called)
        )

    def _table(self, name: str) -> sql.Identifier:
        return sql.Identifier(self.schema, name)


_desks: dict[str, psycopg.Connection[Any]] = {}


def _desk(url: str) -> psycopg.Connection[Any]:
    """One connection a process and database: a new one reads all that the server knows of the tables anew."""
    if url not in _desks:
        _desks[url] = desk = psycopg.connect(url, autocommit=True)
        atexit.register(desk.close)
        desk.execute("SET session_replication_role TO replica")  # facts are not deleted otherwise
    return _desks[url]


def _ask(url: str, statements: sql.Composable) -> list[tuple[Any, ...]]:
    """Run statements in one transaction; answers the rows of the first, if it has any."""
    try:
        cursor = _desk(url).execute(statements)
    except psycopg.OperationalError:
        if not _desks.pop(url).closed:
            raise
        cursor = _desk(url).execute(statements)  # a test broke off every connection; nothing of this was done
    return cursor.fetchall() if cursor.description else []


KEPT_HOMES: dict[str, Callable[[Path], KeptHome]] = {"sqlite": KeptFile, "postgres": lambda _: SweptHome()}
"""As HOMES, each kind of home in the form that can be made again."""
