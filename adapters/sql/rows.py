"""Many rows into one table, the way each database does it best: one statement run for each row, or all at once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Table
from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.database import Cursor
from adapters.sql.statements import native

Values = Sequence[object]


class Rows:
    """Writing rows of a table; `columns` are those that are given, in order: all of them if not said.

    Where a row with that primary key stands already it is a mistake, unless `renewed` names the columns to take
    over from the new one. That is also the way to change rows: it finds them by their primary key and no other way.
    """

    def __init__(
        self, table: Table, dialect: Dialect, columns: Sequence[str] = (), renewed: Sequence[str] = ()
    ) -> None:
        self.table = table
        self.columns = tuple(columns or table.c.keys())
        self._dialect = dialect
        quote = dialect.identifier_preparer.quote
        key = ", ".join(quote(column.name) for column in table.primary_key)
        named = ", ".join(quote(name) for name in self.columns)
        self.into = f"INSERT INTO {quote(table.name)} ({named})"
        taken = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in renewed)
        self.then = f" ON CONFLICT ({key}) DO UPDATE SET {taken}" if renewed else ""
        one = ", ".join("?" * len(self.columns))
        self._insert = native(f"{self.into} VALUES ({one}){self.then}", dialect)

    def write(self, cursor: Cursor, rows: Sequence[Values]) -> None:
        """Write them, in their order."""
        if not rows:
            return
        if self._dialect.name == "postgresql":
            from adapters.sql.postgres.bulk import write_rows

            write_rows(cursor, self, rows)
        else:
            cursor.executemany(self._insert, rows)
