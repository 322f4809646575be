"""What a SQLite file says of its tables, column by column."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from adapters.sql.database import Cursor, Database, create_table
from adapters.sql.marks import SAID
from adapters.sql.migrations.comparing import ORDER, Part, Shape
from adapters.sql.schema import APPEND_ONLY, LOG
from adapters.sql.view_tables import ViewTable

_WORDS = ("CHECK", "COLLATE", "GENERATED", "ON CONFLICT")
"""What a table may say besides its columns; ours say none of it."""


def made_anew(_: Cursor, database: Database, views: Iterable[ViewTable]) -> Shape:
    """The shape of a new book with these views, made in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        cursor = connection.cursor()
        for table in [*LOG.sorted_tables, *(table for view in views for table in view.shape.tables)]:
            create_table(cursor, table, database.dialect)
        for name in APPEND_ONLY:
            for statement in database.append_only(name):
                cursor.execute(statement)
        return live(cursor)


def live(cursor: Cursor) -> Shape:
    """The shape of the book."""
    shape: dict[Part, str] = {}
    for name, kind, without_rowid, strict in _ask(
        cursor, "SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main' ORDER BY name"
    ):
        if not name.startswith("sqlite_"):
            shape[Part("table", name, name)] = _table(cursor, name, kind, without_rowid, strict)
            shape.update(_columns(cursor, name))
            shape.update(_indexes(cursor, name))
            shape.update(_references(cursor, name))
    triggers = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    for name, table, sql in _ask(cursor, triggers):
        if f"RAISE(ABORT, '{SAID}" in sql:
            continue  # the book has gone elsewhere, and its tables are as they were
        shape[Part("trigger", name, table)] = " ".join(sql.split())
    return shape


def _table(cursor: Cursor, name: str, kind: str, without_rowid: int, strict: int) -> str:
    said = [kind] + ["strict"] * strict + ["without rowid"] * without_rowid
    [(sql,)] = _ask(cursor, "SELECT coalesce(max(sql), '') FROM sqlite_master WHERE name = ?", name)
    return ", ".join(said + [word.lower() for word in _WORDS if f" {word} " in " ".join(sql.split()).upper()])


def _columns(cursor: Cursor, table: str) -> Iterator[tuple[Part, str]]:
    asked = 'SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?) ORDER BY cid'
    names = []
    for name, kind, not_null, default, key, hidden in _ask(cursor, asked, table):
        names.append(name)
        said = [kind.lower()] + ["not null"] * not_null + [f"key {key}"] * bool(key)
        said += [f"default {default}"] * (default is not None) + ["hidden"] * bool(hidden)
        yield Part("column", f"{table}.{name}", table), ", ".join(said)
    yield Part(ORDER, table, table), ", ".join(names)


def _indexes(cursor: Cursor, table: str) -> Iterator[tuple[Part, str]]:
    asked = 'SELECT name, "unique", origin, partial FROM pragma_index_list(?)'
    for name, unique, origin, partial in _ask(cursor, asked, table):
        columns = ", ".join(
            f"{column or '(an expression)'}{' desc' * desc}{f' {order}' * (order != 'BINARY')}"
            for column, desc, order in _ask(
                cursor, 'SELECT name, "desc", coll FROM pragma_index_xinfo(?) WHERE key ORDER BY seqno', name
            )
        )
        if origin == "c":
            where = _where(cursor, name) if partial else ""
            yield Part("index", name, table), f"{'unique ' * unique}on {columns}{where}"
        else:  # the index of a key is SQLite's own, and so is its name
            kind = "primary key" if origin == "pk" else "unique key"
            yield Part(kind, f"{table} ({columns})", table), kind


def _where(cursor: Cursor, index: str) -> str:
    [(sql,)] = _ask(cursor, "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?", index)
    return f" where {' '.join(sql.split()).partition(' WHERE ')[2]}"


def _references(cursor: Cursor, table: str) -> Iterator[tuple[Part, str]]:
    asked = 'SELECT "from", "table", "to", on_update, on_delete FROM pragma_foreign_key_list(?)'
    for column, other, to, on_update, on_delete in _ask(cursor, asked, table):
        said = f"to {other}.{to}, on update {on_update.lower()}, on delete {on_delete.lower()}"
        yield Part("reference", f"{table}.{column}", table), said


def _ask(cursor: Cursor, sql: str, *parameters: str) -> list[tuple[Any, ...]]:
    cursor.execute(sql, parameters)
    return cursor.fetchall()
