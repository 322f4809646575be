"""Many rows into tables, out of them or from one into another, the way each database does it best: row by row, or all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Table
from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.statements import ByKeys, Question, native

Values = Sequence[object]


class Rows:
    """How rows of a table are written; `columns` are those that are given, in order: all of them if not said.

    Where a row with that primary key stands already it is a mistake, unless `renewed` names the columns to take
    over from the new row; if it names none, the row stays as it is. To renew is also the way to change rows: they are found
    by their primary key and in no other way. `placed` are the columns that hold a position which a commit gives out; `dated`
    says that each row is a fact, which says when it was recorded.
    """

    def __init__(
        self,
        table: Table,
        dialect: Dialect,
        columns: Sequence[str] = (),
        renewed: Sequence[str] | None = None,
        placed: Sequence[str] = (),
        *,
        dated: bool = False,
    ) -> None:
        self.table = table
        self.placed = frozenset(placed)
        self.dated = dated
        self.columns = tuple(columns or table.c.keys())
        quote = dialect.identifier_preparer.quote
        named = ", ".join(quote(name) for name in self.columns)
        self.into = f"INSERT INTO {quote(table.name)} ({named})"
        self.then = ""
        if renewed is not None:
            key = ", ".join(quote(column.name) for column in table.primary_key)
            taken = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in renewed)
            self.then = f" ON CONFLICT ({key}) DO " + (f"UPDATE SET {taken}" if taken else "NOTHING")
        self.one = "(" + ", ".join("?" * len(self.columns)) + ")"
        self.insert = native(f"{self.into} VALUES {self.one}{self.then}", dialect)


class Removal:
    """How rows of a table are deleted, by their primary key: the values of a row are those of its columns, in order.

    Those that are `kept` are copied first, and have the value that is added to them after those of their key.
    """

    def __init__(self, table: Table, dialect: Dialect, kept: Copies | None = None) -> None:
        self.table = table
        self.kept = kept
        self.columns = tuple(column.name for column in table.primary_key)
        quote = dialect.identifier_preparer.quote
        same = " AND ".join(f"{quote(name)} = ?" for name in self.columns)
        self.delete = native(f"DELETE FROM {quote(table.name)} WHERE {same}", dialect)


def looked_up(
    table: Table, dialect: Dialect, columns: Sequence[str] = ()
) -> tuple[list[str], str, list[str]]:
    """How rows are found by their primary key, for `ByKeys`: some columns or all, the table, and what of a key is compared."""
    quote = dialect.identifier_preparer.quote
    wanted = [f"v.{quote(name)}" for name in columns or table.c.keys()]
    same = [f"v.{quote(column.name)} = k.column{n}" for n, column in enumerate(table.primary_key, 1)]
    return wanted, f"{quote(table.name)} v", same


class Copies:
    """How rows that stand in one table are added to another as they are, with one value more after the last of theirs.

    They are found by their primary key: the values are those of its columns, in order, and then that value, which is a
    position that a commit gives out.
    """

    def __init__(self, source: Table, table: Table, kinds: Sequence[type], dialect: Dialect) -> None:
        """`kinds`: text or number, of each column of the key."""
        quote = dialect.identifier_preparer.quote
        self.table = table
        self.dialect = dialect
        self._into = f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, table.c.keys()))}) "
        self._wanted, self._source, self._same = looked_up(source, dialect)
        self._kinds = (*kinds, int)
        self._made: dict[str, ByKeys] = {}

    def statements(self, rows: Sequence[Values], ended: str = "") -> list[Question]:
        """What copies the rows of some keys.

        `ended` answers the end of the log as ``ended.position``, from which the positions are counted; where it answers
        NULL, nothing is copied.
        """
        made = self._made.get(ended)
        if made is None:
            made = self._made[ended] = self._by_keys(ended)
        return made.questions(rows)

    def _by_keys(self, ended: str) -> ByKeys:
        position = f"k.column{len(self._kinds)}"
        wanted, table, same = self._wanted, self._source, self._same
        if ended:
            position, table = f"ended.position + {position}", f"{table}, {ended}"
            same = [*same, "ended.position IS NOT NULL"]
        columns = ", ".join([*wanted, position])
        return ByKeys(columns, table, " AND ".join(same), self._kinds, self.dialect, into=self._into)


class Write(NamedTuple):
    """Rows to be written, copied or deleted."""

    into: Rows | Copies | Removal
    values: Sequence[Values]
