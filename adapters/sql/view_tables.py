"""One view's table: fetching the rows that facts bear on and writing what changed.

Everything goes by set: the rows of all keys in few statements, each changed row written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.elements import ClauseElement

from adapters.sql.database import Cursor, create_table
from adapters.sql.rows import Rows, Write
from adapters.sql.schema import view_table
from adapters.sql.statements import ByKeys, Question, prepare
from adapters.sql.turns import write_all
from engine.folding import Change, Facts, Touched, changes, touched
from engine.view import Key, Row, View

Found = Mapping[Key, Sequence[Change]]


class Standing(NamedTuple):
    """Rows that stand now, and the position since which each does (of no meaning where a view keeps no ranges)."""

    rows: Mapping[Key, Row]
    since: Mapping[Key, int]


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
        standing = self.standing_now(cursor, list(bearing.keys))
        write_all(cursor, self.dialect, self.writes(bearing, standing))

    def current(self, cursor: Cursor, keys: Sequence[Key]) -> Mapping[Key, Row]:
        """The rows that stand now, of those keys that have one."""
        return self.standing_now(cursor, keys).rows

    def standing_now(self, cursor: Cursor, keys: Sequence[Key]) -> Standing:
        """The same, and since when."""
        return self.standing(self._now.ask(cursor, keys))

    def questions(self, keys: Sequence[Key]) -> list[Question]:
        """What to ask for the rows that stand now."""
        return self._now.questions(keys)

    def standing(self, answers: Iterable[tuple[Any, ...]]) -> Standing:
        """What the answers say; the columns of the key come first."""
        columns, width = self.columns, len(self.view.key)
        rows: dict[Key, Row] = {}
        since: dict[Key, int] = {}
        for values in answers:
            key = values[:width]
            rows[key] = dict(zip(columns, values, strict=False))
            since[key] = values[-1]
        return Standing(rows, since)

    def writes(self, bearing: Touched, standing: Standing) -> list[Write]:
        """What facts change, given the rows that stand now."""
        if not bearing.keys:
            return []
        found = changes(self.view, bearing, standing.rows)
        return (
            self._moved(found, standing.since) if self.view.ranged else self._replaced(found, standing.rows)
        )

    def _moved(self, found: Found, since: Mapping[Key, int]) -> list[Write]:
        ended = [(*key, since[key], steps[0].position) for key, steps in found.items() if key in since]
        begun = []
        for steps in found.values():
            end = None
            for position, row in reversed(steps):
                if row is not None:
                    begun.append((*row.values(), position, end))
                end = position
        return [Write(self._end, ended), Write(self._rows, begun)]

    def _replaced(self, found: Found, standing: Mapping[Key, Row]) -> list[Write]:
        last = [(key, steps[-1].row) for key, steps in found.items()]
        gone = [key for key, row in last if row is None and key in standing]
        return [
            Write(self._delete, gone),
            Write(self._rows, [tuple(row.values()) for _, row in last if row]),
        ]

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
        """Ranges are new; other rows take the place of those with the same key."""
        renewed = None if self.view.ranged else self.columns[len(self.view.key) :]
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
