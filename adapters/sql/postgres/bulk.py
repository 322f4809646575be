"""Many rows at once into tables of PostgreSQL, and few of them in one turn with the server.

COPY in its binary form costs a tenth of single inserts; but it takes two turns of its own and cannot change rows that
stand. A few rows are therefore one INSERT, rows that change others are one INSERT from arrays, and what needs no COPY
goes down the line together: the server answers once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from psycopg import sql
from sqlalchemy import Table

from adapters.sql.postgres.cursor import LineCursor
from adapters.sql.postgres.line import Line
from adapters.sql.rows import Removal, Rows, Values, Write
from adapters.sql.schema import BYTES, NUMBER
from adapters.sql.statements import Question, array

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


def ask_together(cursor: LineCursor, questions: Sequence[Question]) -> Iterator[list[Any]]:
    """Send all questions at once. One that fails raises when its turn comes: what answers those before it is told first."""
    line = cursor.line
    for question in questions:
        line.send(*question)
    answers = line.answers()
    before = len(answers) - len(questions)
    line.check(answers[:before])
    for answer in answers[before:]:
        yield line.rows(answer)


def write_together(cursor: LineCursor, writes: Sequence[Write]) -> None:
    """Make all writes, in their order; what came of them is answered with the next statement, COMMIT at the latest."""
    few = _few_first(writes)
    _write_few(cursor.line, writes[:few])
    for each in writes[few:]:
        _write(cursor, each)
    cursor.line.push()


def _few_first(writes: Sequence[Write]) -> int:
    """How many of the first writes make one statement: mostly the fact and the command of somebody at a keyboard."""
    values = 0
    for number, (into, rows) in enumerate(writes):
        if isinstance(into, Removal) or into.then:
            return number
        values += len(rows) * len(into.columns)
        if values > _REMEMBERED:
            return number
    return len(writes)


def _write_few(line: Line, writes: Sequence[Write]) -> None:
    """Plain rows into several tables, by one statement."""
    if writes:
        shape = tuple((write.into, len(write.values)) for write in writes)
        line.send(_together(shape), [value for _, rows in writes for row in rows for value in row])


@lru_cache(maxsize=1024)
def _together(shape: tuple[tuple[Rows, int], ...]) -> str:
    *first, last = (_listed(into, size) for into, size in shape)
    named = ", ".join(f"write_{number} AS ({one})" for number, one in enumerate(first))
    return f"WITH {named} {last}" if named else last


def _listable(into: Rows, rows: Sequence[Values]) -> bool:
    return len(rows) * len(into.columns) <= _REMEMBERED


def _write(cursor: LineCursor, write: Write) -> None:
    into, rows = write
    line = cursor.line
    if isinstance(into, Removal):
        line.send(_removing(into), [array(column) for column in zip(*rows, strict=True)])
    elif _listable(into, rows):
        line.send(_listed(into, len(rows)), [value for row in rows for value in row])
    elif into.then:
        kinds = [into.table.c[name].type for name in into.columns]
        columns = zip(*rows, strict=True)
        values = [
            list(column) if kind is BYTES else array(column)
            for column, kind in zip(columns, kinds, strict=True)
        ]
        line.send(_from_arrays(into), values)
    else:
        copy_in(cursor, into.table, into.columns, rows)


def _types(table: Table, columns: Sequence[str]) -> list[str]:
    return [_TYPES.get(table.c[name].type, "text") for name in columns]


@lru_cache(maxsize=1024)
def _listed(into: Rows, size: int) -> str:
    one = "(" + ", ".join(["%s"] * len(into.columns)) + ")"
    return f"{into.into} VALUES {', '.join([one] * size)}{into.then}"


@lru_cache(maxsize=1024)
def _from_arrays(into: Rows) -> str:
    arrays = ", ".join(f"%s::{kind}[]" for kind in _types(into.table, into.columns))
    return f"{into.into} SELECT * FROM unnest({arrays}){into.then}"


@lru_cache(maxsize=1024)
def _removing(out: Removal) -> str:
    """Each row is looked up by its key, in whatever table (OFFSET 0: see `statements.ByKeys`), and deleted where it lies."""
    table = sql.Identifier(out.table.name).as_string()
    names = [f"k{number}" for number in range(len(out.columns))]
    arrays = ", ".join(f"%s::{kind}[]" for kind in _types(out.table, out.columns))
    same = " AND ".join(
        f"v.{sql.Identifier(column).as_string()} = k.{name}"
        for column, name in zip(out.columns, names, strict=True)
    )
    found = f"SELECT v.ctid FROM {table} v WHERE {same} OFFSET 0"
    keys = f"unnest({arrays}) AS k ({', '.join(names)})"
    lying = f"SELECT f.ctid FROM {keys} CROSS JOIN LATERAL ({found}) AS f"
    return f"DELETE FROM {table} WHERE ctid = ANY (ARRAY({lying}))"
