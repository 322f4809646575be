"""Views are disposable: filled again from the log, or compared with a fresh one, a page of facts at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, bindparam, except_, select, union

from adapters.sql.append import read_head
from adapters.sql.database import Cursor
from adapters.sql.reading import PAGE, Reading
from adapters.sql.schema import SINCE
from adapters.sql.statements import prepare
from adapters.sql.view_tables import ViewTable
from engine.folding import batches, by_command, difference
from engine.ports import Progress
from engine.view import Row


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
    fresh = [ViewTable(table.view, table.dialect, fresh=True) for table in tables]
    for table in fresh:
        table.create(cursor)
    fill(cursor, reading, fresh, progress)
    found: list[str] = []
    for live, other in zip(tables, fresh, strict=True):
        found += _compare(cursor, live, other, limit - len(found))
    return found


def _compare(cursor: Cursor, live: ViewTable, fresh: ViewTable, limit: int) -> list[str]:
    if limit <= 0:
        return []
    view = live.view
    names = (*view.key, SINCE) if view.ranged else view.key
    sides = [select(*table.shape.everything.c) for table in (live, fresh)]
    odd = [except_(*pair).subquery() for pair in (sides, sides[::-1])]
    keys = union(*(select(*(side.c[name] for name in names)) for side in odd)).subquery()
    asked = select(*keys.c).order_by(*(keys.c[name] for name in names)).limit(limit)
    found = []
    for key in _run(cursor, live, asked, {}):
        rows = [_one(cursor, table, names, key) for table in (live, fresh)]
        position = key[-1] if view.ranged else None
        found.append(difference(view, tuple(key[: len(view.key)]), rows[0], rows[1], position))
    return found


def _one(cursor: Cursor, table: ViewTable, names: Sequence[str], key: Sequence[Any]) -> Row | None:
    rows_of = table.shape.everything
    same = and_(*(rows_of.c[name] == bindparam(f"key_{name}") for name in names))
    values = {f"key_{name}": value for name, value in zip(names, key, strict=True)}
    rows = _run(cursor, table, select(*rows_of.c).where(same), values)
    return dict(zip(rows_of.c.keys(), rows[0], strict=True)) if rows else None


def _run(cursor: Cursor, table: ViewTable, statement: Any, values: dict[str, Any]) -> list[Any]:
    prepared = prepare(statement, table.dialect)
    cursor.execute(prepared.sql, prepared.bind(values))
    return cursor.fetchall()
