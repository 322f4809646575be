"""Many rows into tables or out of them, the way each database does it best: row by row, or all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Table
from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.statements import native

Values = Sequence[object]


class Rows:
    """How rows of a table are written; `columns` are those that are given, in order: all of them if not said.

    Where a row with that primary key stands already it is a mistake, unless `renewed` names the columns to take
    over from the new row; if it names none, the row stays as it is. To renew is also the way to change rows: they are found
    by their primary key and in no other way. `placed` are the columns that hold a position which a commit gives out.
    """

    def __init__(
        self,
        table: Table,
        dialect: Dialect,
        columns: Sequence[str] = (),
        renewed: Sequence[str] | None = None,
        placed: Sequence[str] = (),
    ) -> None:
        self.table = table
        self.placed = frozenset(placed)
        self.columns = tuple(columns or table.c.keys())
        quote = dialect.identifier_preparer.quote
        named = ", ".join(quote(name) for name in self.columns)
        self.into = f"INSERT INTO {quote(table.name)} ({named})"
        self.then = ""
        if renewed is not None:
            key = ", ".join(quote(column.name) for column in table.primary_key)
            taken = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in renewed)
            self.then = f" ON CONFLICT ({key}) DO " + (f"UPDATE SET {taken}" if taken else "NOTHING")
        one = ", ".join("?" * len(self.columns))
        self.insert = native(f"{self.into} VALUES ({one}){self.then}", dialect)


class Removal:
    """How rows of a table are deleted, by their primary key: the values of a row are those of its columns, in order."""

    def __init__(self, table: Table, dialect: Dialect) -> None:
        self.table = table
        self.columns = tuple(column.name for column in table.primary_key)
        quote = dialect.identifier_preparer.quote
        same = " AND ".join(f"{quote(name)} = ?" for name in self.columns)
        self.delete = native(f"DELETE FROM {quote(table.name)} WHERE {same}", dialect)


class Write(NamedTuple):
    """Rows to be written, or deleted."""

    into: Rows | Removal
    values: Sequence[Values]
