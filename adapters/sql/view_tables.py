"""One view's tables: fetching the rows that facts bear on and writing what changed.

Everything goes by set: the rows of all keys in few statements, each changed row written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from sqlalchemy import MetaData, Table, delete, func, select
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.schema import DropTable
from sqlalchemy.sql.elements import ClauseElement

from adapters.sql.database import Cursor, create_table
from adapters.sql.rows import Copies, Removal, Rows, Write, looked_up
from adapters.sql.schema import SINCE, UNTIL, ViewShape, before
from adapters.sql.statements import ByKeys, Question, prepare
from adapters.sql.turns import write_all
from engine.folding import Facts, Touched, as_row, changes, touched
from engine.view import Key, Row, Values, View


def drop_tables(cursor: Cursor, view: str, dialect: Dialect) -> None:
    """Drop the tables of a view, those of them that are there."""
    for name in (view, before(view)):
        statement = DropTable(Table(name, MetaData()), if_exists=True)
        cursor.execute(str(statement.compile(dialect=dialect)))


Standing = Mapping[Key, Values]
"""Rows that stand now; since when each stands is not among their values."""


class ViewTable:
    """The table of one view, or a temporary fresh one to compare it with."""

    def __init__(self, view: View, dialect: Dialect, fresh: bool = False) -> None:
        self.view = view
        self.shape = ViewShape(view, fresh)
        self.columns = tuple(view.columns)
        self.dialect = dialect
        self._renewed: dict[tuple[str, ...], Rows] = {}

    @property
    def shared(self) -> bool:
        """Whether facts of several streams may bear on one row: a view must say so."""
        return bool(getattr(self.view, "shared", False))

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
        standing = self.standing_now(cursor, bearing.keys)
        write_all(cursor, self.dialect, self.writes(bearing, standing))

    def row(self, cursor: Cursor, key: Key) -> Row | None:
        """The row that stands now."""
        return as_row(self.columns, self.standing_now(cursor, [key]).get(key))

    def standing_now(self, cursor: Cursor, keys: Sequence[Key]) -> Standing:
        """The rows that stand now, of those keys that have one."""
        return self.standing(self._now.ask(cursor, keys))

    def questions(self, keys: Sequence[Key]) -> list[Question]:
        """What to ask for the rows that stand now."""
        return self._now.questions(keys)

    def standing(self, answers: Iterable[Values]) -> Standing:
        """What the answers say; the columns of the key come first."""
        width = len(self.view.key)
        return {values[:width]: values for values in answers}  # type: ignore[misc]  # no value of a key is empty

    def writes(self, bearing: Touched, standing: Standing) -> list[Write]:
        """What facts change, given the rows that stand now."""
        if not bearing.keys:
            return []
        found = changes(self.view, bearing, standing)
        left: list[
            Values
        ] = []  # of rows that stand on in another form: the key, and until where they stood as they did
        between: list[Values] = []  # how rows then stood within this unit, each from where to where
        gone: list[
            Values
        ] = []  # of rows that stand no more: the same, or the key alone where nothing earlier is kept
        new: list[Values] = []
        moved: dict[Key, Values] = {}
        ranged = self.view.ranged
        for key, steps in found.items():
            was = row = standing.get(key)
            for change in steps:
                position, values = change.position, change.row
                if row is not None and row is not was:
                    between.append((*row, position))
                row = (*values, position) if values is not None and ranged else values
            if was is None:
                if row is not None:
                    new.append(row)
                continue
            until = (*key, steps[0].position)
            if row is not None:
                moved[key] = row
                left.append(until)
            else:
                gone.append(until if ranged else key)
        return [
            *([] if self._before is None else [Write(self._leaving, left), Write(self._before, between)]),
            Write(self._removal, gone),
            *self._changed(moved, standing),
            Write(self._rows, new),
        ]

    def _changed(self, moved: Mapping[Key, Values], standing: Standing) -> list[Write]:
        """Rows that stand on in another form; only columns are written that changed in some of them, and since when it stands."""
        if not moved:
            return []
        before = zip(*(standing[key] for key in moved), strict=True)
        columns = dict(zip(self.shape.now.c.keys(), zip(*moved.values(), strict=True), strict=True))
        same = {name for name, was in zip(self.columns, before, strict=True) if was == columns[name]}
        written = {
            name: after for name, after in columns.items() if name in self.view.key or name not in same
        }
        return [Write(self._renewing(tuple(written)), list(zip(*written.values(), strict=True)))]

    def _renewing(self, named: tuple[str, ...]) -> Rows:
        """How rows that stand are changed in some of their columns."""
        found = self._renewed.get(named)
        if found is None:
            found = Rows(self.shape.now, self.dialect, named, named[len(self.view.key) :], self._placed)
            self._renewed[named] = found
        return found

    @property
    def _placed(self) -> tuple[str, ...]:
        return (SINCE,) if self.view.ranged else ()

    @cached_property
    def _now(self) -> ByKeys:
        wanted, table, same = looked_up(self.shape.now, self.dialect, self.columns)
        return ByKeys(", ".join(wanted), table, " AND ".join(same), self._key_kinds, self.dialect)

    @property
    def _key_kinds(self) -> tuple[type, ...]:
        return tuple(self.view.columns[name] for name in self.view.key)

    @cached_property
    def _rows(self) -> Rows:
        return Rows(self.shape.now, self.dialect, placed=self._placed)

    @cached_property
    def _before(self) -> Rows | None:
        return None if self.shape.before is None else Rows(self.shape.before, self.dialect, placed=(UNTIL,))

    @cached_property
    def _leaving(self) -> Copies:
        assert self.shape.before is not None
        return Copies(self.shape.now, self.shape.before, self._key_kinds, self.dialect)

    @cached_property
    def _removal(self) -> Removal:
        return Removal(self.shape.now, self.dialect, self._leaving if self.view.ranged else None)

    def _compiled(self, statement: ClauseElement) -> str:
        return prepare(statement, self.dialect).sql
