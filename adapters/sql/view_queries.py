"""Questions to a view's table: one row, or rows by equality, membership and a bound, now or at a position.

A question of the same shape is compiled once; only its values differ.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select, union_all
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import ColumnElement

from adapters.sql.database import Cursor
from adapters.sql.schema import SINCE, UNTIL
from adapters.sql.statements import Prepared, prepare
from adapters.sql.view_tables import ViewTable
from engine.view import Key, Row

Where = Mapping[str, str | int | Collection[str]]
Below = Mapping[str, str | int]


class Shape(NamedTuple):
    """What of a question decides its statement: columns and how many values each is compared with."""

    where: tuple[tuple[str, int], ...]
    below: tuple[str, ...]
    then: bool
    order_by: tuple[str, ...]
    limited: bool
    only: tuple[str, ...]


class ViewQueries:
    """Reading one view's table."""

    def __init__(self, table: ViewTable) -> None:
        self._of = table
        self._compiled: dict[Shape, Prepared] = {}

    def row(self, cursor: Cursor, key: Key, at: int | None) -> Row | None:
        """The row of a key now, or at a position."""
        if at is None:
            return self._of.row(cursor, key)
        where = dict(zip(self._of.view.key, key, strict=True))
        found = self.rows(cursor, where, {}, at, (), None)
        return found[0] if found else None

    def rows(
        self,
        cursor: Cursor,
        where: Where,
        below: Below,
        at: int | None,
        order_by: Sequence[str],
        limit: int | None,
        only: Sequence[str] = (),
    ) -> list[Row]:
        """Rows that match, by `order_by` and then by key; `only` some of their columns, where that is said."""
        values: dict[str, Any] = {"at": at, "most": limit}
        sizes = []
        for name, wanted in where.items():
            accepted = [wanted] if isinstance(wanted, str | int) else list(wanted)
            if not accepted:
                return []
            size = _rounded(len(accepted))
            accepted += [accepted[0]] * (size - len(accepted))
            values.update((f"where_{name}_{n}", value) for n, value in enumerate(accepted))
            sizes.append((name, size))
        values.update((f"below_{name}", value) for name, value in below.items())
        columns = tuple(only or self._of.columns)
        shape = Shape(tuple(sizes), tuple(below), at is not None, tuple(order_by), limit is not None, columns)
        return self._asked(cursor, shape, values)

    def _asked(self, cursor: Cursor, shape: Shape, values: Mapping[str, Any]) -> list[Row]:
        prepared = self._compiled.get(shape)
        if prepared is None:
            prepared = self._compiled[shape] = prepare(self._statement(shape), self._of.dialect)
        cursor.execute(prepared.sql, prepared.bind(values))
        return [dict(zip(shape.only, row, strict=True)) for row in cursor.fetchall()]

    def _statement(self, shape: Shape) -> Select[Any]:
        column, key = self._asked_of(shape), self._of.view.key
        filled = (*key, *shape.below, *(name for name, _ in shape.where))  # what is compared is never NULL
        asked = select(*(column[name] for name in shape.only))
        if not shape.then:
            asked = asked.where(*_conditions(shape, column))
        for name in dict.fromkeys((*shape.order_by, *key)):
            asked = asked.order_by(column[name] if name in filled else column[name].nulls_first())
        return asked.limit(bindparam("most")) if shape.limited else asked

    def _asked_of(self, shape: Shape) -> ReadOnlyColumnCollection[str, Any]:
        """The rows that stand now; or those that stood at a position, some of which stand still."""
        now, before = self._of.shape.now, self._of.shape.before
        if not shape.then or before is None:
            return now.c
        sides = []
        for table in (now, before):
            conditions = [*_conditions(shape, table.c), table.c[SINCE] <= bindparam("at")]
            if table is before:
                conditions.append(table.c[UNTIL] > bindparam("at"))
            sides.append(select(*(table.c[name] for name in self._of.columns)).where(*conditions))
        return union_all(*sides).subquery().c


def _conditions(shape: Shape, column: ReadOnlyColumnCollection[str, Any]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for name, size in shape.where:
        accepted: list[Any] = [bindparam(f"where_{name}_{n}") for n in range(size)]
        conditions.append(column[name] == accepted[0] if size == 1 else column[name].in_(accepted))
    return conditions + [column[name] < bindparam(f"below_{name}") for name in shape.below]


def _rounded(count: int) -> int:
    size = 1
    while size < count:
        size *= 4
    return size
