"""One view's tables: fetching the rows that facts bear on and writing what changed.

Everything goes by set: the rows of all keys in few statements, each changed row written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress
from operator import itemgetter, ne
from typing import Any, NamedTuple

from sqlalchemy import MetaData, Table, delete, func, select
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.schema import DropTable
from sqlalchemy.sql.elements import ClauseElement

from adapters.sql.database import Cursor, create_table
from adapters.sql.rows import Removal, Rows, Write
from adapters.sql.schema import SINCE, ViewShape, before
from adapters.sql.statements import ByKeys, Question, prepare
from adapters.sql.turns import write_all
from engine.folding import Change, Facts, Touched, changes, touched
from engine.view import Key, Row, View

Found = Mapping[Key, Sequence[Change]]


def drop_tables(cursor: Cursor, view: str, dialect: Dialect) -> None:
    """Drop the tables of a view, those of them that are there."""
    for name in (view, before(view)):
        statement = DropTable(Table(name, MetaData()), if_exists=True)
        cursor.execute(str(statement.compile(dialect=dialect)))


class Standing(NamedTuple):
    """Rows that stand now, and the position since which each does (of no meaning where a view keeps no ranges)."""

    rows: Mapping[Key, Row]
    since: Mapping[Key, int]


class ViewTable:
    """The table of one view, or a temporary fresh one to compare it with."""

    def __init__(self, view: View, dialect: Dialect, fresh: bool = False) -> None:
        self.view = view
        self.shape = ViewShape(view, fresh)
        self.columns = tuple(view.columns)
        self.dialect = dialect
        self._renewed: dict[tuple[str, ...], Rows] = {}

    def create(self, cursor: Cursor) -> None:
        """Create the tables, empty."""
        for table in self.shape.tables:
            create_table(cursor, table, self.dialect)

    def drop(self, cursor: Cursor) -> None:
        """Drop the tables, whatever shape they have, if they are there."""
        drop_tables(cursor, self.view.name, self.dialect)

    def empty(self, cursor: Cursor) -> None:
        """Delete every row."""
        for table in self.shape.tables:
            cursor.execute(self._compiled(delete(table)))

    def count(self, cursor: Cursor) -> int:
        """How many rows it holds, earlier ones included."""
        cursor.execute(self._compiled(select(func.count()).select_from(self.shape.everything)))
        return int(cursor.fetchone()[0])

    def fold(self, cursor: Cursor, commands: Iterable[Facts]) -> None:
        """Take the facts of some commands in."""
        (bearing,) = touched([self.view], commands)
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
        gone: list[Key] = []
        new: list[Change] = []
        moved: list[Change] = []
        for key, steps in found.items():
            if steps[-1].row is not None:
                (moved if key in standing.rows else new).append(steps[-1])
            elif key in standing.rows:
                gone.append(key)
        return [
            *self._earlier(found, standing),
            Write(self._removal, gone),
            self._changed(moved, standing.rows),
            Write(self._rows, self._values(new, self.columns)),
        ]

    def _earlier(self, found: Found, standing: Standing) -> list[Write]:
        """How rows stood before, each from where to where."""
        if self._before is None:
            return []
        ended = []
        for key, steps in found.items():
            row, since = standing.rows.get(key), standing.since.get(key)
            for position, after in steps:
                if row is not None:
                    ended.append((*row.values(), since, position))
                row, since = after, position
        return [Write(self._before, ended)]

    def _changed(self, moved: Sequence[Change], standing: Mapping[Key, Row]) -> Write:
        """Rows that stand on in another form; only columns are written that changed in some of them."""
        width, differs = len(self.view.key), set[str]()
        for _, row in moved:
            after = tuple(row.values()) if row else ()
            was = standing[after[:width]]  # type: ignore[index]  # a key's columns are never empty
            differs.update(compress(self.columns, map(ne, after, was.values())))
        named = [*self.view.key, *(name for name in self.columns[width:] if name in differs)]
        return Write(self._renewing(tuple(named)), self._values(moved, named))

    def _values(self, steps: Iterable[Change], named: Sequence[str]) -> list[tuple[object, ...]]:
        """Rows as they are written, in a ranged view with the position since which they stand."""
        if len(named) == len(self.columns):
            rows = [(tuple(row.values()), position) for position, row in steps if row]
        else:
            pick = itemgetter(*named)
            rows = [(pick(row), position) for position, row in steps if row]
        return [(*row, position) for row, position in rows] if self.view.ranged else [row for row, _ in rows]

    def _renewing(self, named: tuple[str, ...]) -> Rows:
        """How rows that stand are changed in some of their columns."""
        found = self._renewed.get(named)
        if found is None:
            width = len(self.view.key)
            columns = (*named, SINCE) if self.view.ranged else named
            found = Rows(self.shape.now, self.dialect, columns, renewed=columns[width:])
            self._renewed[named] = found
        return found

    @cached_property
    def _now(self) -> ByKeys:
        quote = self.dialect.identifier_preparer.quote
        same = [f"v.{quote(name)} = k.column{n}" for n, name in enumerate(self.view.key, 1)]
        wanted = [f"v.{quote(column.name)}" for column in self.shape.now.c]
        kinds = tuple(self.view.columns[name] for name in self.view.key)
        table = quote(self.shape.now.name)
        return ByKeys(", ".join(wanted), f"{table} v", " AND ".join(same), kinds, self.dialect)

    @cached_property
    def _rows(self) -> Rows:
        return Rows(self.shape.now, self.dialect)

    @cached_property
    def _before(self) -> Rows | None:
        return None if self.shape.before is None else Rows(self.shape.before, self.dialect)

    @cached_property
    def _removal(self) -> Removal:
        return Removal(self.shape.now, self.dialect)

    def _compiled(self, statement: ClauseElement) -> str:
        return prepare(statement, self.dialect).sql
