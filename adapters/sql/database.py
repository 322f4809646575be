"""What differs between databases, as one Protocol: `sqlite/` and `postgres/` implement it, the rest is shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.ddl import CreateIndex, CreateTable
from sqlalchemy.sql.schema import Table

from events.errors import Problem


class Cursor(Protocol):
    """A cursor of the driver; statements are compiled beforehand and parameters are positional."""

    @property
    def rowcount(self) -> int:
        """How many rows the last statement changed."""
        ...

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Any:
        """Run one statement."""
        ...

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Any:
        """Run one statement for many rows."""
        ...

    def __iter__(self) -> Iterator[Any]:
        """The remaining rows one by one: read and decoded in turn, they stay in the processor's cache."""
        ...

    def fetchone(self) -> Any:
        """The next row, or None."""
        ...

    def fetchall(self) -> list[Any]:
        """All remaining rows."""
        ...


class Database(Protocol):
    """One connection to one book. Every block below answers a cursor; no driver exception leaves it."""

    @property
    def book(self) -> str:
        """How the book is named to people; never with a password."""
        ...

    @property
    def dialect(self) -> Dialect:
        """How SQLAlchemy writes statements for it, with positional parameters."""
        ...

    @property
    def read_only(self) -> bool:
        """Whether it was opened for reading alone."""
        ...

    @property
    def reading(self) -> AbstractContextManager[Cursor]:
        """Single statements, each seeing what is committed when it runs."""
        ...

    @property
    def snapshot(self) -> AbstractContextManager[Cursor]:
        """Several statements that see one moment; temporary tables made in it are gone afterwards."""
        ...

    @property
    def writing(self) -> AbstractContextManager[Cursor]:
        """One transaction under the append lock: committed at the end, rolled back on any exception."""
        ...

    @property
    def committing(self) -> AbstractContextManager[Cursor]:
        """The same for a commit, which asks everything at once and writes everything at once: the lock may be taken with its
        first question only, and what its writes came to be answered at the end."""
        ...

    def alone(self, name: str) -> AbstractContextManager[bool]:
        """Whether nobody else is inside a block of this name on this book; never waits."""
        ...

    def append_only(self, table: str) -> Sequence[str]:
        """Statements after which rows of a table are neither changed nor deleted."""
        ...

    def tables_made(self, cursor: Cursor) -> None:
        """Called after tables were made in a book that stands: whoever may use the others may use them."""
        ...

    def physical(self, tables: Sequence[str]) -> list[str]:
        """What it finds wrong with its own tables and indexes, whatever stands in them; a sentence each.

        No table named: everything.
        """
        ...

    def open_to_change(self) -> list[Problem]:
        """Who besides the owner may change or delete what is recorded, as far as the database gives such rights."""
        ...

    def about(self) -> Mapping[str, str]:
        """Name → version or setting, for `doctor`."""
        ...

    def wipe(self) -> None:
        """Make sure that what was just overwritten is not left in files beside the tables."""
        ...

    def close(self) -> None:
        """Release the connection; closing twice is harmless."""
        ...


def create_table(cursor: Cursor, table: Table, dialect: Dialect) -> None:
    """Create a table and its indexes."""
    for statement in _creating(table, dialect):
        cursor.execute(statement)


@lru_cache(maxsize=256)
def _creating(table: Table, dialect: Dialect) -> tuple[str, ...]:
    """Compiled once for this very table, which nothing changes after it is described."""
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    made: list[CreateTable | CreateIndex] = [CreateTable(table), *map(CreateIndex, indexes)]
    return tuple(str(each.compile(dialect=dialect)) for each in made)
