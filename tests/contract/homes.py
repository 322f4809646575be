"""Where books of the first released schema are kept in tests, and what can be done to them behind the program's back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import msgspec
import psycopg
import pytest

from adapters.sql.database import Database
from adapters.sql.migrations.comparing import Shape
from adapters.sql.migrations.steps import take_steps
from adapters.sql.migrations.tables import Failpoint, SqlTables
from adapters.sql.postgres.connection import PostgresDatabase
from adapters.sql.postgres.opening import connect as connect_schema
from adapters.sql.postgres.opening import mark
from adapters.sql.reading import Reading
from adapters.sql.rebuild import make_anew
from adapters.sql.schema import definition
from adapters.sql.sqlite.opening import connect as connect_file
from adapters.sql.view_tables import ViewTable
from engine.ports import Incident, Progress
from engine.upkeep import Upgrade
from engine.views import VIEWS
from events.errors import GoldenthreadError
from events.instant import Instant
from goldenthread.places import FilePlace, Place, SchemaPlace
from tests import postgres

FIRST_RELEASE = Path(__file__).with_name("book_of_schema_1.sql")
"""A real book, written by the first release; it never kept one in PostgreSQL."""
KEPT = ("events", "commands", "texts", "blobs", "outbox")

KINDS = ("sqlite", "postgres")
NOW = Instant("2024-09-03T09:00:00.000000Z")
INCIDENT = Incident(
    firing="F1", stream="s", subject="1", name="answer", n=1, due_at=NOW, reminder=0, attempts=1, first_failed_at=NOW,
    last_failed_at=NOW, next_try_at=NOW, code="GT-X-001", sentence="It failed.",
)  # fmt: skip

Rows = list[tuple[Any, ...]]


class Home(Protocol):
    """One place for one book, and a way past the program."""

    @property
    def place(self) -> Place: ...

    def database(self) -> Database: ...

    def make_first_release(self) -> None: ...

    def ask(self, sql: str, parameters: Sequence[Any] = ()) -> Rows: ...

    def shape(self) -> Shape: ...


@dataclass(frozen=True)
class File:
    """A SQLite file."""

    path: Path

    @property
    def place(self) -> Place:
        return FilePlace(self.path)

    def database(self) -> Database:
        return connect_file(self.path, create=False, read_only=False, wait_seconds=10)

    def make_first_release(self) -> None:
        with closing(sqlite3.connect(self.path)) as connection:
            connection.executescript(FIRST_RELEASE.read_text("utf-8"))

    def ask(self, sql: str, parameters: Sequence[Any] = ()) -> Rows:
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            return connection.execute(sql, tuple(parameters)).fetchall()

    def shape(self) -> Shape:
        """Every statement that made something, byte by byte."""
        rows = self.ask("SELECT type, name, tbl_name, sql FROM sqlite_master")
        return {(kind, name, table): sql for kind, name, table, sql in rows}  # type: ignore[misc]  # as good as a Part


@dataclass(frozen=True)
class Schema:
    """A schema of a PostgreSQL database."""

    place: SchemaPlace

    def database(self) -> PostgresDatabase:
        return connect_schema(
            self.place.url, self.place.schema, create=False, read_only=False, wait_seconds=10
        )

    def make_first_release(self) -> None:
        """The tables of the first release, with the facts of the real book."""
        database = connect_schema(
            self.place.url, self.place.schema, create=True, read_only=False, wait_seconds=10
        )
        with closing(database), database.writing as cursor:
            mark(cursor, self.place.schema, database.book)
            take_steps(cursor, database.dialect, 0, lambda _: None, until=1)
            for table, rows in facts().items():
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {table} VALUES ({marks})".encode(), rows)
            views = [ViewTable(view, database.dialect) for view in VIEWS]
            make_anew(cursor, Reading(database.dialect), views)
            shapes = msgspec.json.encode(
                {view.name: definition(view) for view in VIEWS}, order="sorted"
            ).decode()
            meta = [("schema", "1"), ("last_tick", "2024-09-02T08:00:00.000000Z"), ("views", shapes)]
            cursor.executemany("INSERT INTO meta VALUES (%s, %s)", meta)

    def ask(self, sql: str, parameters: Sequence[Any] = ()) -> Rows:
        with psycopg.connect(self.place.url, autocommit=True) as connection:
            connection.execute(f'SET search_path TO "{self.place.schema}"'.encode())
            cursor = connection.execute(sql.replace("?", "%s").encode(), parameters or None)
            return cursor.fetchall() if cursor.description else []

    def shape(self) -> Shape:
        """What the catalogue says."""
        from adapters.sql.migrations.postgres_shape import live

        with closing(self.database()) as database, database.reading as cursor:
            return live(cursor)


def home(kind: str, folder: Path, name: str = "book") -> Home:
    """A new place of a kind, with nothing in it."""
    if kind == "sqlite":
        return File(folder / f"{name}.goldenthread")
    return Schema(SchemaPlace(postgres.server(), postgres.schema()))


def tables_of(at: Home, failpoint: Failpoint | None = None) -> SqlTables:
    """The tables of the book there, to be upgraded or compared."""
    return SqlTables(at.database(), VIEWS, failpoint)


def facts() -> dict[str, Rows]:
    """Table → the rows of the real book."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(FIRST_RELEASE.read_text("utf-8"))
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in KEPT}


def upgrade(at: Home, dry_run: bool = False, progress: Progress | None = None) -> Upgrade:
    with closing(tables_of(at)) as tables:
        return tables.upgrade(dry_run=dry_run, progress=progress)


def differences(at: Home) -> tuple[str, ...]:
    with closing(tables_of(at)) as tables:
        return tables.check().differences


def version(at: Home) -> str:
    [(value,)] = at.ask("SELECT value FROM meta WHERE name = 'schema'")
    return str(value)


def kept(at: Home) -> dict[str, list[tuple[Any, ...]]]:
    return {table: sorted(at.ask(f"SELECT * FROM {table}")) for table in KEPT}


def code(do: Callable[[], Any]) -> str:
    with pytest.raises(GoldenthreadError) as refused:
        do()
    return refused.value.problems[0].code
