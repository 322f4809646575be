"""One view's table: fetching the rows that facts bear on and writing what changed.

Everything goes by set: the rows of all keys in few statements, each changed row written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, insert, select, update
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.elements import ClauseElement, ColumnElement

from adapters.sql.database import Cursor, create_table
from adapters.sql.schema import view_table
from adapters.sql.statements import for_keys, portions, prepare
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
        current = self.current(cursor, bearing.keys)
        found = changes(self.view, bearing, current)
        if self.view.ranged:
            self._move_ranges(cursor, found, current)
        else:
            self._replace(cursor, found, current)

    def current(self, cursor: Cursor, keys: Sequence[Key]) -> dict[Key, Row]:
        """The rows that stand now, of those keys that have one."""
        columns, width = self.columns, len(self.view.key)
        places = [columns.index(name) for name in self.view.key]
        found: dict[Key, Row] = {}
        for size, parameters in portions(keys):
            cursor.execute(for_keys(self._fetch, width, size, self.dialect), parameters)
            for values in cursor.fetchall():
                found[tuple([values[place] for place in places])] = dict(zip(columns, values, strict=True))
        return found

    def _move_ranges(self, cursor: Cursor, found: Found, current: Current) -> None:
        ended = [(steps[0].position, *key) for key, steps in found.items() if key in current]
        if ended:
            cursor.executemany(self._end, ended)
        begun = []
        for steps in found.values():
            ends = [*(step.position for step in steps[1:]), None]
            begun += [
                (*change.row.values(), change.position, end)
                for change, end in zip(steps, ends, strict=True)
                if change.row is not None
            ]
        if begun:
            cursor.executemany(self._insert, begun)

    def _replace(self, cursor: Cursor, found: Found, current: Current) -> None:
        last = [(key, steps[-1].row) for key, steps in found.items()]
        gone = [key for key, row in last if row is None and key in current]
        if gone:
            cursor.executemany(self._delete, gone)
        other = self.columns[len(self.view.key) :]
        changed = [(*(row[name] for name in other), *key) for key, row in last if row and key in current]
        if changed:
            cursor.executemany(self._update, changed)
        new = [tuple(row.values()) for key, row in last if row and key not in current]
        if new:
            cursor.executemany(self._insert, new)

    @cached_property
    def _fetch(self) -> str:
        quote = self.dialect.identifier_preparer.quote
        same = [f"v.{quote(name)} = k.column{n}" for n, name in enumerate(self.view.key, 1)]
        if self.view.ranged:
            same.append("v.to_position IS NULL")
        wanted = ", ".join(f"v.{quote(name)}" for name in self.columns)
        return (
            f"SELECT {wanted} FROM {{keys}} CROSS JOIN {quote(self.table.name)} v WHERE {' AND '.join(same)}"
        )

    @cached_property
    def _insert(self) -> str:
        return self._compiled(insert(self.table))

    @cached_property
    def _end(self) -> str:
        return self._compiled(update(self.table).where(self._this).values(to_position=bindparam("ended_at")))

    @cached_property
    def _delete(self) -> str:
        return self._compiled(delete(self.table).where(self._this))

    @cached_property
    def _update(self) -> str:
        other = self.columns[len(self.view.key) :]
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in other}
        return self._compiled(update(self.table).where(self._this).values(values))

    @property
    def _this(self) -> ColumnElement[bool]:
        key = [self.table.c[name] == bindparam(f"key_{name}") for name in self.view.key]
        return and_(*key, self.table.c.to_position.is_(None)) if self.view.ranged else and_(*key)

    def _compiled(self, statement: ClauseElement) -> str:
        return prepare(statement, self.dialect).sql
