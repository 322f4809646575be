"""PostgreSQL: one schema, one council, any number of workers.

A unit of work is decided before any lock is taken; the append lock of the book is held from the first check of
the commit to its end, under READ COMMITTED, so that each check sees everything committed before it. The lock is
an advisory one: it belongs to the transaction, so it is gone when its holder dies, and no row has to be rewritten.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from types import TracebackType

import psycopg
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.database import Cursor
from adapters.sql.postgres.cursor import LineCursor
from adapters.sql.postgres.failures import failure, read_only
from adapters.sql.postgres.line import Connection, Line
from adapters.sql.postgres.opened_up import open_to_change
from adapters.sql.postgres.rights import Kind, grant, grant_again, granted
from events.errors import Broken, Problem, Unavailable

Connect = Callable[[], Connection]

_DIALECT: Dialect = PGDialect_psycopg(paramstyle="format")  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
_COMMIT = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
_LOCK = "SELECT pg_advisory_xact_lock(%s), set_config('plan_cache_mode', 'force_generic_plan', true)"
"""A commit looks up by key and nothing else: there is one plan for it, and making others costs more than it."""
_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE"
_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'the record is only ever added to'; END$$
"""


@lru_cache(maxsize=64)
def lock_key(schema: str, name: str) -> int:
    """The number of an advisory lock of the book in a schema."""
    digest = hashlib.sha256(f"goldenthread/{schema}/{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


class PostgresDatabase:
    """One connection to one schema. Threads take turns on it; a forked process opens its own.

    A connection that broke is replaced the next time a block begins; what was under way has failed by then.
    """

    def __init__(self, book: str, schema: str, connect: Connect, read_only: bool) -> None:
        self.book = book
        self.schema = schema
        self.read_only = read_only
        self.only_read = True
        """Nothing was to be recorded up to here, so that whoever is cut off need not ask whether it was."""
        self.turn = threading.RLock()
        self._turns: dict[str, Connection | None] = {}
        self._connect = connect
        self._connection: Connection | None = connect()
        self._line: Line | None = None
        self.reading = _Block(self, None)
        self.snapshot = _Block(self, _SNAPSHOT)
        self.writing = _Block(self, _COMMIT, keeps=True)
        self.committing = _Block(self, _COMMIT, keeps=True, waits=False)

    @property
    def dialect(self) -> Dialect:
        """PostgreSQL with ``%s`` for parameters; shared, so that statements are compiled once in a process."""
        return _DIALECT

    def lock_key(self, name: str) -> int:
        """The number of an advisory lock of this book."""
        return lock_key(self.schema, name)

    @contextmanager
    def alone(self, name: str) -> Iterator[bool]:
        """Whether nobody else is inside a block of this name: an advisory lock of the session."""
        with self.turn:
            first = self._takes_turn(name)
            held_by = self._connection
            if first:
                self._turns[name] = held_by
        try:
            yield first
        finally:
            if first:
                self._end_turn(name, held_by)

    def _takes_turn(self, name: str) -> bool:
        with self.reading as cursor:
            held_by = self._turns.get(name)
            if held_by is not None and held_by is self._connection:
                return False  # a session may take its own lock again; a block may not
            cursor.execute("SELECT pg_try_advisory_lock(%s)", (self.lock_key(name),))
            row = cursor.fetchone()
            return bool(row and row[0])

    def _end_turn(self, name: str, held_by: Connection | None) -> None:
        if self._turns.get(name) is held_by:
            del self._turns[name]
        if held_by is None or held_by.closed or held_by is not self._connection:
            return  # the turn went with the connection
        with suppress(Unavailable), self.reading as cursor:  # so it did where the connection is found broken
            cursor.execute("SELECT pg_advisory_unlock(%s)", (self.lock_key(name),))

    def append_only(self, table: str) -> Sequence[str]:
        """Triggers that refuse to change, delete or empty rows."""
        return [
            _REFUSE,
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        ]

    def tables_made(self, cursor: Cursor) -> None:
        """Give every role that has rights on the log the same on new tables."""
        grant_again(cursor, self.schema)

    def physical(self, tables: Sequence[str]) -> list[str]:
        """Nothing: a server checks its pages as it reads them, where it was made with checksums."""
        return []

    def open_to_change(self) -> list[Problem]:
        """A warning for each role besides the owner that may change what is recorded."""
        with self.reading as cursor:
            return open_to_change(cursor, self.schema)

    def about(self) -> Mapping[str, str]:
        """The version of the server, and whether it keeps what it has acknowledged."""
        with self.reading as cursor:
            found = {}
            for name, setting in (("postgresql", "server_version"), ("fsync", "fsync")):
                cursor.execute("SELECT current_setting(%s)", (setting,))
                row = cursor.fetchone()
                found[name] = str(row[0]) if row else "?"
            return found

    def wipe(self) -> None:
        """Let the server use the room of overwritten rows again, where this role owns the table.

        Their bytes stay in the table's file until something is written over them, and in the server's own log and
        backups as long as those are kept: only its administrator can see to that.
        """
        with self.reading as cursor:
            cursor.execute("VACUUM texts")

    def grant(self, role: str, kind: Kind) -> None:
        """Give a role of the server the rights of an application or of a reader on this book."""
        with self.writing as cursor:
            grant(cursor, self.schema, role, kind)

    def granted(self) -> Mapping[str, Kind]:
        """Which roles besides the owner have which rights."""
        with self.reading as cursor:
            return {role: "application" if adds else "reader" for role, adds in granted(cursor)}

    def open_connection(self) -> Connection:
        """The connection, made anew where it broke. Raises Broken GT-DB-014 after closing."""
        if self._connection is None:
            raise Broken.of("GT-DB-014", f"The book {self.book} was already closed.", "Open it again.")
        if self._connection.closed:
            self._connection = self._connect()
        return self._connection

    def open_line(self) -> Line:
        """The line to the server on that connection."""
        connection = self.open_connection()
        if self._line is None or self._line.connection is not connection:
            self._line = Line(connection)
        return self._line

    def close(self) -> None:
        """Close; the server ends the session and its locks."""
        with self.turn:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()


class _Block:
    """A block on the connection: it takes its turn, begins, and ends with COMMIT (`keeps`) or ROLLBACK.

    One that never `waits` sends its beginning with the first question, and COMMIT with the last write.
    """

    def __init__(
        self, database: PostgresDatabase, begin: str | None, keeps: bool = False, waits: bool = True
    ) -> None:
        self._database = database
        self._begin = begin
        self._keeps = keeps
        self._waits = waits
        self._cursor: LineCursor | None = None

    def __enter__(self) -> LineCursor:
        database = self._database
        if self._keeps and database.read_only:
            raise read_only(database.book)
        database.turn.acquire()
        database.only_read = database.only_read and not self._keeps
        try:
            line = database.open_line()
            if self._begin is not None:
                self._start(line, self._begin)
        except BaseException:
            database.turn.release()
            raise
        self._cursor = cursor = LineCursor(line)
        return cursor

    def _start(self, line: Line, begin: str) -> None:
        database = self._database
        try:
            line.send(begin)
            if self._keeps:
                line.send(_LOCK, (database.lock_key("append"),))
            if self._waits:
                line.check(line.answers())
        except psycopg.Error as error:
            lost = line.connection.closed
            self._undo(line)
            raise failure(error, database.book, lost, database.only_read) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        database = self._database
        cursor = self._cursor
        assert cursor is not None, "a block ends after it began"
        line = cursor.line
        lost = line.connection.closed
        try:
            if self._begin is not None:
                self._end(cursor, error is None and self._keeps)
        except psycopg.Error as late:
            raise failure(late, database.book, line.connection.closed, database.only_read) from late
        finally:
            database.turn.release()
        if isinstance(error, psycopg.Error):
            raise failure(error, database.book, lost, database.only_read) from error

    def _end(self, cursor: LineCursor, keep: bool) -> None:
        line = cursor.line
        if keep:
            try:
                line.send("COMMIT")
                if cursor.when_sent is not None:
                    line.push()
                    cursor.when_sent()
                cursor.ended = line.answers()
                line.check(cursor.ended)
                if cursor.ended[-1].command_status != b"COMMIT":
                    raise psycopg.errors.InFailedSqlTransaction("a statement of the transaction had failed")
            except psycopg.Error:
                self._undo(line)
                raise
        else:
            self._undo(line)

    def _undo(self, line: Line) -> None:
        with suppress(psycopg.Error):  # a connection that cannot roll back has broken, and the server does it
            line.answers()  # what failed among them, or was never waited for, makes no difference
            if not line.connection.closed:
                line.send("ROLLBACK")
                line.answers()
