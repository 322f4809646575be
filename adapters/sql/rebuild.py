"""Views are disposable: filled again from the log, or compared with a fresh one, a page of facts at a time."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Integer, and_, bindparam, except_, select, union
from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.database import Cursor
from adapters.sql.reading import PAGE, Reading
from adapters.sql.schema import SINCE, ViewShape
from adapters.sql.stands import read_head
from adapters.sql.statements import Prepared, prepare
from adapters.sql.view_tables import ViewTable
from engine.folding import batches, by_command, difference
from engine.ports import Progress
from engine.view import Row, View


def rebuild(
    cursor: Cursor, reading: Reading, tables: Sequence[ViewTable], progress: Progress | None = None
) -> dict[str, int]:
    """Empty the tables and fill them; answers how many rows each holds."""
    for table in tables:
        table.empty(cursor)
    fill(cursor, reading, tables, progress)
    return {table.view.name: table.count(cursor) for table in tables}


def make_anew(
    cursor: Cursor, reading: Reading, tables: Sequence[ViewTable], progress: Progress | None = None
) -> None:
    """Make the tables in their present shape, in place of any other, and fill them."""
    for table in tables:
        table.drop(cursor)
        table.create(cursor)
    fill(cursor, reading, tables, progress)


def fill(
    cursor: Cursor, reading: Reading, tables: Sequence[ViewTable], progress: Progress | None = None
) -> None:
    """Fold the whole log into empty tables, in batches of whole commands."""
    total = read_head(cursor).position if progress else 0
    for batch in batches(by_command(reading.all(cursor)), PAGE):
        for table in tables:
            table.fold(cursor, batch)
        if progress is not None:
            progress(batch[-1][-1].position, total)


def differences(
    cursor: Cursor,
    reading: Reading,
    tables: Sequence[ViewTable],
    limit: int,
    progress: Progress | None = None,
) -> list[str]:
    """Fill temporary tables and compare; one sentence per differing row."""
    fresh = [_fresh(cast(Hashable, table.view), table.dialect) for table in tables]
    for table in fresh:
        table.create(cursor)
    fill(cursor, reading, fresh, progress)
    found: list[str] = []
    for live, other in zip(tables, fresh, strict=True):
        found += _compare(cursor, live, other, limit - len(found))
    return found


@lru_cache(maxsize=64)
def _fresh(view: Hashable, dialect: Dialect) -> ViewTable:
    """Described once in a process, as the table that it is compared with."""
    return ViewTable(cast(View, view), dialect, fresh=True)


def _compare(cursor: Cursor, live: ViewTable, fresh: ViewTable, limit: int) -> list[str]:
    if limit <= 0:
        return []
    view = live.view
    found = []
    for key in _run(cursor, _odd_keys(cast(Hashable, view), live.dialect), {"most": limit}):
        rows = [_one(cursor, table, key) for table in (live, fresh)]
        position = key[-1] if view.ranged else None
        found.append(difference(view, tuple(key[: len(view.key)]), rows[0], rows[1], position))
    return found


@lru_cache(maxsize=64)
def _odd_keys(view: Hashable, dialect: Dialect) -> Prepared:
    """The keys of the rows that only one of the two tables has."""
    shapes = [ViewShape(cast(View, view)), ViewShape(cast(View, view), fresh=True)]
    sides = [select(*shape.everything.c) for shape in shapes]
    odd = [except_(*pair).subquery() for pair in (sides, sides[::-1])]
    keys = union(*(select(*(side.c[name] for name in _names(cast(View, view)))) for side in odd)).subquery()
    asked = select(*keys.c).order_by(*keys.c).limit(bindparam("most", type_=Integer))
    return prepare(asked, dialect)


def _names(view: View) -> tuple[str, ...]:
    return (*view.key, SINCE) if view.ranged else tuple(view.key)


def _one(cursor: Cursor, table: ViewTable, key: Sequence[Any]) -> Row | None:
    rows_of, names = table.shape.everything, _names(table.view)
    same = and_(*(rows_of.c[name] == bindparam(f"key_{name}") for name in names))
    values = {f"key_{name}": value for name, value in zip(names, key, strict=True)}
    rows = _run(cursor, prepare(select(*rows_of.c).where(same), table.dialect), values)
    return dict(zip(rows_of.c.keys(), rows[0], strict=True)) if rows else None


def _run(cursor: Cursor, prepared: Prepared, values: dict[str, Any]) -> list[Any]:
    cursor.execute(prepared.sql, prepared.bind(values))
    return cursor.fetchall()
