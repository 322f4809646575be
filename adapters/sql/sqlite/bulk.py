"""Many rows at once into tables of SQLite.

A statement for some rows together costs less than as many of one row each: each run of a statement lets go of the
interpreter's lock and takes it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from adapters.sql.rows import Copies, Removal, Rows, Values, Write

_TOGETHER = 32
"""So many rows one INSERT takes; what is left over goes row by row, so that there is one statement more a table and no others."""


def write_in_order(cursor: Any, writes: Sequence[Write]) -> None:
    """Make all writes, in their order."""
    for into, rows in writes:
        if isinstance(into, Copies):
            for statement in into.statements(rows):
                cursor.execute(*statement)
        elif isinstance(into, Removal):
            if into.kept is not None:
                write_in_order(cursor, [Write(into.kept, rows)])
            width = len(into.columns)
            _each(cursor, into.delete, [row[:width] for row in rows])
        else:
            whole = len(rows) - len(rows) % _TOGETHER
            for start in range(0, whole, _TOGETHER):
                values = chain.from_iterable(rows[start : start + _TOGETHER])
                cursor.execute(_together(into), list(values))
            if whole < len(rows):
                _each(cursor, into.insert, rows[whole:])


def _each(cursor: Any, statement: str, rows: Sequence[Values]) -> None:
    if len(rows) == 1:
        cursor.execute(statement, rows[0])
    else:
        cursor.executemany(statement, rows)


@lru_cache(maxsize=1024)
def _together(into: Rows) -> str:
    return f"{into.into} VALUES {', '.join([into.one] * _TOGETHER)}{into.then}"
