"""Many rows at once into tables of PostgreSQL, and few of them in one turn with the server.

Many new rows are cheapest by COPY in its binary form; but it takes two turns of its own and cannot change rows that
stand. Fewer go as INSERTs of some rows each, of a few fixed sizes so that each is prepared once; many that change others
are one INSERT from arrays. What needs no COPY goes down the line together: the server answers once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from psycopg import sql
from sqlalchemy import Table

from adapters.sql.postgres.cursor import LineCursor
from adapters.sql.postgres.line import Line
from adapters.sql.rows import Copies, Removal, Rows, Values, Write
from adapters.sql.schema import BYTES, NUMBER
from adapters.sql.statements import Question, array
from adapters.sql.turns import FEW

_TYPES = {NUMBER: "int8", BYTES: "bytea"}
_SIZES = (32, 16, 8, 4, 2, 1)
"""So many rows one INSERT takes."""
_FEW_CHANGED = 32
"""So many rows that change others cost no more as INSERTs than from arrays."""
AFTER, NOW = "goldenthread.after", "goldenthread.now"
"""The settings that hold where the log ended when the transaction began to write, and the time that its facts bear."""
_ENDED = f"(SELECT nullif(current_setting('{AFTER}'), '')::bigint AS position, current_setting('{NOW}') AS now OFFSET 0) AS ended"
"""Both, asked for once a statement (OFFSET 0: not once a row)."""
_BODY = (
    "convert_to(regexp_replace(convert_from(r.{body}, 'UTF8'), "
    "'^(.*\"recorded_at\":\")[^\"]*', '\\1' || ended.now), 'UTF8')"
)
"""A fact's body with another time in it: the last member of that name is the fact's own, since of those after it only a stream's
and a type's name are text, in which quotation marks are written otherwise."""
_DATED = {
    "recorded_at": "ended.now",
    "body": f"CASE WHEN r.{{recorded_at}} = ended.now THEN r.{{body}} ELSE {_BODY} END",
    "leaf": f"CASE WHEN r.{{recorded_at}} = ended.now THEN r.{{leaf}} ELSE sha256('\\x00'::bytea || {_BODY}) END",
}
"""What of a fact depends on when it is recorded."""


def copy_in(cursor: Any, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows; `columns` says in which order their values stand."""
    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    into = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(sql.Identifier(table.name), names)
    with cursor.copy(into) as copy:
        copy.set_types(types_of(table, columns))
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


def is_few(write: Write) -> bool:
    """Whether it goes down the line with others, not by COPY."""
    into, rows = write
    return not isinstance(into, Rows) or len(rows) <= (_FEW_CHANGED if into.then else FEW)


def write_together(cursor: LineCursor, writes: Sequence[Write], placed: bool = False) -> None:
    """Make all writes, in their order; what came of them is answered with the next statement, COMMIT at the latest.

    `placed`: positions are counted from the end of the log, which a setting of the transaction holds; where it holds none,
    nothing is written. All writes are few.
    """
    for into, rows in writes:
        if isinstance(into, Copies):
            for statement in into.statements(rows, _ENDED if placed else ""):
                cursor.line.send(*statement)
        elif isinstance(into, Removal):
            removing = _removing if into.kept is None else _moving
            cursor.line.send(removing(into, placed), [array(column) for column in zip(*rows, strict=True)])
        elif is_few(Write(into, rows)):
            _write_few(cursor.line, into, rows, placed)
        elif into.then:
            cursor.line.send(_from_arrays(into), list(_arrays(into, rows)))
        else:
            copy_in(cursor, into.table, into.columns, rows)


def _write_few(line: Line, into: Rows, rows: Sequence[Values], placed: bool) -> None:
    start = 0
    while left := len(rows) - start:
        size = next(size for size in _SIZES if size <= left)
        values = chain.from_iterable(rows[start : start + size])
        line.send(_listed(into, size, placed), list(values), as_columns=True)
        start += size


def _arrays(into: Rows, rows: Sequence[Values]) -> Iterator[object]:
    for name, column in zip(into.columns, zip(*rows, strict=True), strict=True):
        yield list(column) if into.table.c[name].type is BYTES else array(column)


def types_of(table: Table, columns: Sequence[str]) -> list[str]:
    """What PostgreSQL calls the types of some columns."""
    return [_TYPES.get(table.c[name].type, "text") for name in columns]


@lru_cache(maxsize=1024)
def _listed(into: Rows, size: int, placed: bool) -> str:
    one = "(" + ", ".join(["%s"] * len(into.columns)) + ")"
    if not placed:
        return f"{into.into} VALUES {', '.join([one] * size)}{into.then}"
    names = [f"c{number}" for number in range(len(into.columns))]
    first = "(" + ", ".join(f"%s::{kind}" for kind in types_of(into.table, into.columns)) + ")"
    rows = f"(VALUES {', '.join([first] + [one] * (size - 1))}) AS r ({', '.join(names)})"
    dated = _DATED if into.dated else {}
    called = dict(zip(into.columns, names, strict=True))
    given = [
        f"ended.position + r.{name}"
        if column in into.placed
        else dated.get(column, f"r.{name}").format(**called)
        for column, name in called.items()
    ]
    return f"{into.into} SELECT {', '.join(given)} FROM {rows}, {_ENDED} WHERE ended.position IS NOT NULL{into.then}"


@lru_cache(maxsize=1024)
def _from_arrays(into: Rows) -> str:
    arrays = ", ".join(f"%s::{kind}[]" for kind in types_of(into.table, into.columns))
    return f"{into.into} SELECT * FROM unnest({arrays}){into.then}"


@lru_cache(maxsize=1024)
def _removing(out: Removal, placed: bool) -> str:
    """Each row is looked up by its key, and deleted where it lies."""
    return f"DELETE FROM {_named(out.table)} WHERE ctid = ANY (ARRAY({_lying(out)})){_placing(placed)}"


@lru_cache(maxsize=1024)
def _moving(out: Removal, placed: bool) -> str:
    """The same, with what was deleted added to the table where it is kept: one look-up instead of two."""
    assert out.kept is not None
    columns = [_quoted(column.name) for column in out.kept.table.c]
    until, ended = ("ended.position + gone.until", f", {_ENDED}") if placed else ("gone.until", "")
    return (
        f"WITH lying AS MATERIALIZED ({_lying(out, 'until')}), "
        f"gone AS (DELETE FROM {_named(out.table)} v USING lying WHERE v.ctid = lying.ctid{_placing(placed)} "
        f"RETURNING v.*, lying.until) INSERT INTO {_named(out.kept.table)} ({', '.join(columns)}) "
        f"SELECT {', '.join(f'gone.{name}' for name in columns[:-1])}, {until} FROM gone{ended}"
    )


def _lying(out: Removal, *more: str) -> str:
    """Where the rows of some keys lie, in whatever table (OFFSET 0: see `statements.ByKeys`), with a number more of each."""
    names = [f"k{number}" for number in range(len(out.columns))]
    kinds = [*types_of(out.table, out.columns), *["int8"] * len(more)]
    same = [f"v.{_quoted(column)} = k.{name}" for column, name in zip(out.columns, names, strict=True)]
    found = f"SELECT v.ctid FROM {_named(out.table)} v WHERE {' AND '.join(same)} OFFSET 0"
    keys = f"unnest({', '.join(f'%s::{kind}[]' for kind in kinds)}) AS k ({', '.join([*names, *more])})"
    return f"SELECT {', '.join(['f.ctid', *more])} FROM {keys} CROSS JOIN LATERAL ({found}) AS f"


def _placing(placed: bool) -> str:
    """Nothing is deleted where no positions were given out."""
    return f" AND current_setting('{AFTER}') <> ''" if placed else ""


def _named(table: Table) -> str:
    return _quoted(table.name)


def _quoted(name: str) -> str:
    return sql.Identifier(name).as_string()
