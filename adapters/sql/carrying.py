"""Rows of one book's tables into another's, as they are: read by pages in the order of their key, written in bulk.

Both sides are walked in the same order, so that the same walk copies what is missing and proves what is there.
Text keys are ordered byte by byte in every database, as Python orders them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from sqlalchemy import Table
from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.append import VIEWS
from adapters.sql.database import Cursor, Database
from adapters.sql.marks import ARRIVING, MOVED
from adapters.sql.opening import SCHEMA
from adapters.sql.schema import APPEND_ONLY, EVENTS, LOG, META, NUMBER
from adapters.sql.statements import native

Row = tuple[Any, ...]
Ask = Callable[[str, Sequence[Any]], list[Row]]
"""Runs a statement on one side and answers all its rows."""
Odd = tuple[Row | None, Row | None]
"""What the one side has and what the other has under the same key, where that differs."""

PAGE = 5_000
"""So many rows are carried in one transaction."""
_PAGES = {"blobs": 50, "texts": 1_000}
"""Fewer of those that are long."""
_OF_THE_PLACE = (SCHEMA, VIEWS, ARRIVING, MOVED)
"""Rows of `meta` that say something about the place and not about the book."""


def within(cursor: Cursor) -> Ask:
    """Ask in a block that is open: everything asked sees what the block sees."""

    def ask(sql: str, parameters: Sequence[Any]) -> list[Row]:
        cursor.execute(sql, parameters)
        return cursor.fetchall()

    return ask


def anew(database: Database) -> Ask:
    """Ask each time in a block of its own: what is committed by then."""

    def ask(sql: str, parameters: Sequence[Any]) -> list[Row]:
        with database.reading as cursor:
            return within(cursor)(sql, parameters)

    return ask


class Carried:
    """One table in one kind of database: how its rows are read and written. The key comes first in a row."""

    def __init__(self, table: Table, dialect: Dialect, page: int) -> None:
        self.table = table
        self.name = table.name
        self.grows_only = table.name in (*APPEND_ONLY, "blobs")
        self.page = min(page, _PAGES.get(table.name, page))
        self._dialect = dialect
        key = next(iter(table.primary_key))
        self.columns = [key.name, *(column.name for column in table.c if column is not key)]
        self._first: str | int = -1 if key.type is NUMBER else ""

    def rows(self, ask: Ask, after: str | int | None = None) -> Iterator[Row]:
        """Every row above a key, in the order of the key."""
        for page in self.pages(ask, after):
            yield from page

    def pages(self, ask: Ask, after: str | int | None = None) -> Iterator[list[Row]]:
        """The same, by pages."""
        last = self._first if after is None else after
        while page := ask(self._read, (last, self.page)):
            yield page
            last = page[-1][0]

    def count(self, ask: Ask) -> int:
        """How many rows there are."""
        return int(
            ask(f"SELECT count(*) FROM {self.name}{' WHERE ' + self._only if self._only else ''}", ())[0][0]
        )

    def add(self, cursor: Cursor, rows: Sequence[Row]) -> None:
        """Write new rows."""
        if self._dialect.name == "postgresql":
            from adapters.sql.postgres.bulk import copy_in

            copy_in(cursor, self.table, self.columns, rows)
        else:
            cursor.executemany(self._insert, rows)

    def put(self, cursor: Cursor, rows: Sequence[Row]) -> None:
        """Write rows in the place of those with the same key."""
        if rows:
            cursor.executemany(self._replace, rows)

    @cached_property
    def _only(self) -> str:
        return f"name NOT IN ({', '.join(map(repr, _OF_THE_PLACE))})" if self.table is META else ""

    @cached_property
    def _read(self) -> str:
        key = self.columns[0]
        only = f" AND {self._only}" if self._only else ""
        asked = (
            f"SELECT {', '.join(self.columns)} FROM {self.name} WHERE {key} > ?{only} ORDER BY {key} LIMIT ?"
        )
        return native(asked, self._dialect)

    @cached_property
    def _insert(self) -> str:
        places = ", ".join("?" * len(self.columns))
        return native(f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES ({places})", self._dialect)

    @cached_property
    def _replace(self) -> str:
        changed = ", ".join(f"{name} = excluded.{name}" for name in self.columns[1:])
        return f"{self._insert} ON CONFLICT ({self.columns[0]}) DO UPDATE SET {changed}"


def events(dialect: Dialect, page: int) -> Carried:
    """The log itself."""
    return Carried(EVENTS, dialect, page)


def besides(dialect: Dialect, page: int) -> list[Carried]:
    """What stands beside the log and belongs to the book, in an order in which it can be written."""
    return [Carried(table, dialect, page) for table in LOG.sorted_tables if table is not EVENTS]


def odd_rows(ours: Iterator[Row], theirs: Iterator[Row]) -> Iterator[Odd]:
    """Walk two sides in the order of their keys; answers wherever they are not the same."""
    our, their = next(ours, None), next(theirs, None)
    while our is not None or their is not None:
        if our == their:
            our, their = next(ours, None), next(theirs, None)
        elif their is None or (our is not None and our[0] < their[0]):
            yield our, None
            our = next(ours, None)
        elif our is None or their[0] < our[0]:
            yield None, their
            their = next(theirs, None)
        else:
            yield our, their
            our, their = next(ours, None), next(theirs, None)


def portions(odd: Iterator[Odd], size: int) -> Iterator[list[Odd]]:
    """So many at a time."""
    while portion := list(islice(odd, size)):
        yield portion
