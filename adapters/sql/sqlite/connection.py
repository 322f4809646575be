"""SQLite: one file, one council, no server.

Every block of statements takes its turn on the one connection, and no `sqlite3` exception leaves it. Below
SQLite 3.51.3 writers and checkpoints take turns on one file lock besides. Settings: `opening.py`.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.sqlite.failures import TROUBLE, failure, locked, read_only
from adapters.sql.sqlite.file_lock import FileLock, alone
from adapters.sql.sqlite.filesystem import file_system
from events.errors import Broken, GoldenthreadError, Problem

_DIALECT = SQLiteDialect_pysqlite(paramstyle="qmark")

MOST_DAMAGE = 100
"""So many findings of SQLite's own check are listed."""


class SqliteDatabase:
    """One connection to one file. Threads take turns on it; a forked process opens its own."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: FileLock | None, read_only: bool
    ) -> None:
        self.path = self.book = str(path)
        self.connection: sqlite3.Connection | None = connection
        self.file_lock = lock
        self.turn = threading.RLock()
        self.read_only = read_only
        self.reading = _Block(self, None)
        self.snapshot = _Block(self, "BEGIN", keeps=False)
        self.writing = _Block(self, "BEGIN IMMEDIATE", keeps=True)

    @property
    def committing(self) -> _Block:
        """The same as `writing`: nobody is far away."""
        return self.writing

    @property
    def dialect(self) -> Dialect:
        """SQLite with ``?`` for parameters; shared, so that statements are compiled once in a process."""
        return _DIALECT

    @contextmanager
    def alone(self, name: str) -> Iterator[bool]:
        """Whether nobody else is inside a block of this name: a lock on a file beside the book."""
        with ExitStack() as stack:
            try:
                first = stack.enter_context(alone(f"{self.path}.{name}.lock"))
            except OSError as error:
                raise read_only(self.path) from error
            yield first

    def append_only(self, table: str) -> Sequence[str]:
        """Triggers that refuse to change or delete a row."""
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the record is only ever added to'); END"
            for verb in ("UPDATE", "DELETE")
        ]

    def tables_made(self, cursor: object) -> None:
        """Nothing: rights are those on the file."""

    def physical(self, tables: Sequence[str]) -> list[str]:
        """What SQLite's own integrity check says: pages, records, indexes against tables."""
        with self.reading as cursor:
            said = []
            for about in tables or (str(MOST_DAMAGE),):
                said += cursor.execute(f"PRAGMA integrity_check({about})").fetchall()
        lines = [line for row in said for line in str(row[0]).splitlines() if not line.startswith("***")]
        return [f"SQLite finds the file damaged: {line}." for line in lines if line != "ok"]

    def open_to_change(self) -> list[Problem]:
        """Nobody: rights are those on the file."""
        return []

    def about(self) -> Mapping[str, str]:
        """The version of the SQLite library, and the file system where it can be told."""
        kind = file_system(self.path)
        return {"sqlite": sqlite3.sqlite_version, **({"file_system": kind} if kind else {})}

    def wipe(self) -> None:
        """Move everything from the WAL into the file and cut the WAL to nothing."""
        with self.turn:
            self.take_lock()
            try:
                self.open_connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            except sqlite3.Error as error:
                raise failure(error, self.path) from error
            finally:
                self.release_lock()

    def open_connection(self) -> sqlite3.Connection:
        """The connection. Raises Broken GT-DB-014 after closing."""
        if self.connection is None:
            raise Broken.of("GT-DB-014", f"The book {self.path} was already closed.", "Open it again.")
        return self.connection

    def take_lock(self) -> None:
        """Keep other writers out, where the library needs it."""
        if self.file_lock is not None:
            self.file_lock.take(lambda: locked(self.path))

    def release_lock(self) -> None:
        """Let other writers in."""
        if self.file_lock is not None:
            self.file_lock.release()

    def close(self) -> None:
        """Close; the last one out moves the WAL into the file, which is why it takes the lock."""
        with self.turn:
            connection, self.connection = self.connection, None
            if connection is None:
                return
            with suppress(GoldenthreadError):
                self.take_lock()
            connection.close()
            if self.file_lock is not None:
                self.file_lock.close()


class _Block:
    """A block on the connection: it takes its turn, begins, and ends with COMMIT (`keeps`) or ROLLBACK."""

    def __init__(self, database: SqliteDatabase, begin: str | None, keeps: bool = False) -> None:
        self._database = database
        self._begin = begin
        self._keeps = keeps

    def __enter__(self) -> sqlite3.Cursor:
        database = self._database
        if self._keeps and database.read_only:
            raise read_only(database.path)
        database.turn.acquire()
        try:
            cursor = database.open_connection().cursor()
            if self._keeps:
                database.take_lock()
            if self._begin is not None:
                self._start(cursor, self._begin)
        except BaseException:
            database.turn.release()
            raise
        return cursor

    def _start(self, cursor: sqlite3.Cursor, begin: str) -> None:
        try:
            cursor.execute(begin)
        except TROUBLE as error:
            if self._keeps:
                self._database.release_lock()
            raise failure(error, self._database.path) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        database = self._database
        try:
            if self._begin is not None:
                self._end(database.open_connection(), error is None and self._keeps)
        except TROUBLE as late:
            raise failure(late, database.path) from late
        finally:
            if self._keeps:
                database.release_lock()
            database.turn.release()
        if isinstance(error, TROUBLE):
            raise failure(error, database.path) from error

    def _end(self, connection: sqlite3.Connection, keep: bool) -> None:
        if keep:
            try:
                connection.execute("COMMIT")
            except sqlite3.Error:
                with suppress(sqlite3.Error):
                    connection.rollback()
                raise
        elif connection.in_transaction:
            connection.execute("ROLLBACK")
