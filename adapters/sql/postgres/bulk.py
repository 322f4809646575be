"""Many rows at once into a table of PostgreSQL: COPY in its binary form costs a tenth of single inserts.

COPY takes two turns with the server and cannot change rows that stand. A few rows are therefore one INSERT, and
rows that change others are one INSERT from arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from psycopg import sql
from sqlalchemy import Table

from adapters.sql.rows import Rows, Values
from adapters.sql.schema import BYTES, NUMBER

_TYPES = {NUMBER: "int8", BYTES: "bytea"}
_REMEMBERED = 50
"""psycopg takes a statement apart anew each time it has more parameters than this, which costs more than COPY."""


def copy_in(cursor: Any, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows; `columns` says in which order their values stand."""
    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    into = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(sql.Identifier(table.name), names)
    with cursor.copy(into) as copy:
        copy.set_types(_types(table, columns))
        write = copy.write_row
        for row in rows:
            write(row)


def write_rows(cursor: Any, into: Rows, rows: Sequence[Values]) -> None:
    """Write rows as their number asks for."""
    if len(rows) * len(into.columns) <= _REMEMBERED:
        cursor.execute(
            _listed(into.into, len(into.columns), len(rows), into.then), [v for row in rows for v in row]
        )
    elif into.then:
        arrays = ", ".join(f"%s::{kind}[]" for kind in _types(into.table, into.columns))
        columns = [list(column) for column in zip(*rows, strict=True)]
        cursor.execute(f"{into.into} SELECT * FROM unnest({arrays}){into.then}", columns)
    else:
        copy_in(cursor, into.table, into.columns, rows)


def _types(table: Table, columns: Sequence[str]) -> list[str]:
    return [_TYPES.get(table.c[name].type, "text") for name in columns]


@lru_cache(maxsize=1024)
def _listed(into: str, width: int, size: int, then: str) -> str:
    one = "(" + ", ".join(["%s"] * width) + ")"
    return f"{into} VALUES {', '.join([one] * size)}{then}"
