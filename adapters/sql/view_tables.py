"""One view's table: fetching the rows that facts bear on and writing what changed.

Everything goes by set: the rows of all keys in few statements, each changed row written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.elements import ClauseElement

from adapters.sql.database import Cursor, create_table
from adapters.sql.rows import Rows
from adapters.sql.schema import view_table
from adapters.sql.statements import ByKeys, prepare
from engine.folding import Change, Facts, changes, touched
from engine.view import Key, Row, View

Found = Mapping[Key, Sequence[Change]]
Current = Mapping[Key, Row]


class ViewTable:
    """The table of one view, or a temporary fresh one to compare it with."""

    def __init__(self, view: View, dialect: Dialect, fresh: bool = False) -> None:
        self.view = view
        self.table = view_table(view, fresh)
        self.columns = tuple(view.columns)
        self.dialect = dialect

    def create(self, cursor: Cursor) -> None:
        """Create the table, empty."""
        create_table(cursor, self.table, self.dialect)

    def empty(self, cursor: Cursor) -> None:
        """Delete every row."""
        cursor.execute(self._compiled(delete(self.table)))

    def count(self, cursor: Cursor) -> int:
        """How many rows it holds, earlier ranges included."""
        cursor.execute(self._compiled(select(func.count()).select_from(self.table)))
        return int(cursor.fetchone()[0])

    def fold(self, cursor: Cursor, commands: Iterable[Facts]) -> None:
        """Take the facts of some commands in."""
        bearing = touched(self.view, commands)
        if not bearing.keys:
            return
        standing = self._standing(cursor, bearing.keys)
        current = {key: row for key, (row, _) in standing.items()}
        found = changes(self.view, bearing, current)
        if self.view.ranged:
            since = {key: position for key, (_, position) in standing.items()}
            self._move_ranges(cursor, found, since)
        else:
            self._replace(cursor, found, current)

    def current(self, cursor: Cursor, keys: Sequence[Key]) -> dict[Key, Row]:
        """The rows that stand now, of those keys that have one."""
        return {key: row for key, (row, _) in self._standing(cursor, keys).items()}

    def _standing(self, cursor: Cursor, keys: Sequence[Key]) -> dict[Key, tuple[Row, int]]:
        """The same, each with the position since which it stands, where the view keeps that."""
        columns = self.columns
        places = [columns.index(name) for name in self.view.key]
        return {
            tuple([values[place] for place in places]): (dict(zip(columns, values, strict=False)), values[-1])
            for values in self._now.ask(cursor, keys)
        }

    def _move_ranges(self, cursor: Cursor, found: Found, since: Mapping[Key, int]) -> None:
        ended = [(*key, since[key], steps[0].position) for key, steps in found.items() if key in since]
        self._end.write(cursor, ended)
        begun = []
        for steps in found.values():
            ends = [*(step.position for step in steps[1:]), None]
            begun += [
                (*change.row.values(), change.position, end)
                for change, end in zip(steps, ends, strict=True)
                if change.row is not None
            ]
        self._rows.write(cursor, begun)

    def _replace(self, cursor: Cursor, found: Found, current: Current) -> None:
        last = [(key, steps[-1].row) for key, steps in found.items()]
        gone = [key for key, row in last if row is None and key in current]
        if gone:
            cursor.executemany(self._delete, gone)
        self._rows.write(cursor, [tuple(row.values()) for _, row in last if row])

    @cached_property
    def _now(self) -> ByKeys:
        quote = self.dialect.identifier_preparer.quote
        same = [f"v.{quote(name)} = k.column{n}" for n, name in enumerate(self.view.key, 1)]
        wanted = [f"v.{quote(name)}" for name in self.columns]
        if self.view.ranged:
            same.append("v.to_position IS NULL")
            wanted.append("v.from_position")
        kinds = tuple(self.view.columns[name] for name in self.view.key)
        return ByKeys(
            ", ".join(wanted), f"{quote(self.table.name)} v", " AND ".join(same), kinds, self.dialect
        )

    @cached_property
    def _rows(self) -> Rows:
        renewed = () if self.view.ranged else self.columns[len(self.view.key) :]
        return Rows(self.table, self.dialect, renewed=renewed)

    @cached_property
    def _end(self) -> Rows:
        named = (*self.view.key, "from_position", "to_position")
        return Rows(self.table, self.dialect, named, renewed=["to_position"])

    @cached_property
    def _delete(self) -> str:
        key = [self.table.c[name] == bindparam(f"key_{name}") for name in self.view.key]
        return self._compiled(delete(self.table).where(*key))

    def _compiled(self, statement: ClauseElement) -> str:
        return prepare(statement, self.dialect).sql
