"""Opening a schema of a PostgreSQL database: how it is named, which settings, and what is refused.

The URL names server and database; the schema bears the book's name. Settings of the session, and why: only this
schema on the search path, so that one council's program never sees another's tables; `synchronous_commit` never
off, so that what was answered as recorded survives a crash; a lock timeout, so that nobody waits for ever; an end
to sessions that sleep inside a transaction or whose program is gone, so that nobody keeps the append lock for ever.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.numeric import Int8BinaryDumper

from adapters.sql.lost_tables import lacking, lost
from adapters.sql.postgres.address import plain, shown
from adapters.sql.postgres.connection import Connect, PostgresDatabase, lock_key
from adapters.sql.postgres.failures import failure, forbidden, may_not_make, missing
from adapters.sql.postgres.line import Connection
from adapters.sql.postgres.reaching import unreachable
from adapters.sql.schema import LOG
from events.errors import Broken, GoldenthreadError, Invalid, Refused

LONGEST_NAME = 63
"""PostgreSQL cuts longer names, and two books could become one."""
CONNECT_SECONDS = 10
_ANOTHER = "Name another with --book, or in 'goldenthread db to-postgres' with --schema"
_HOLDS = (
    "SELECT 'table', relname FROM pg_class WHERE relnamespace = %s::regnamespace "
    "UNION ALL SELECT 'function', proname FROM pg_proc WHERE pronamespace = %s::regnamespace "
    "UNION ALL SELECT 'type', typname FROM pg_type WHERE typnamespace = %s::regnamespace AND typrelid = 0 AND typelem = 0"
)
_OURS = (
    "SELECT count(*), (SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
    "WHERE n.nspname = %s AND p.proname = 'refuse_change') "
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relname = ANY(%s) AND n.nspname = %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
)
"""How many tables have names of a book's, and whether the function is there that its triggers call."""
_AWAKE = {
    "idle_in_transaction_session_timeout": "5min",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}


def connect(url: str, schema: str, *, create: bool, read_only: bool, wait_seconds: float) -> PostgresDatabase:
    """Open the book in a schema with the settings above; with `create`, an empty schema for a new one."""
    check_name(schema)
    book = shown(url, schema)
    opener = _opener(url, schema, book, read_only, wait_seconds)
    database = PostgresDatabase(book, schema, opener, read_only)
    try:
        _check_encoding(database)
        if not create:
            _check_book(database, schema)
    except BaseException:
        database.close()
        raise
    return database


def check_name(schema: str) -> None:
    """Refuse names that PostgreSQL keeps for itself or would cut. Raises Invalid GT-DB-028."""
    reserved = schema.startswith("pg_") or schema in ("public", "information_schema")
    if reserved or len(schema.encode()) > LONGEST_NAME:
        raise Invalid.of(
            "GT-DB-028",
            f"'{schema}' cannot be the name of a book in PostgreSQL: "
            + ("the server keeps it for itself." if reserved else f"it is longer than {LONGEST_NAME} bytes."),
            f"{_ANOTHER}.",
        )


def mark(cursor: Any, schema: str, book: str) -> None:
    """Make the schema, or take an empty one that the administrator has made, in the transaction that fills it."""
    cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (schema,))
    if cursor.fetchone() is None:
        try:
            cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
        except psycopg.errors.InsufficientPrivilege as error:
            raise may_not_make(schema, book) from error
        return
    cursor.execute(_HOLDS, (f'"{schema}"',) * 3)
    held = {name: kind for kind, name in cursor.fetchall()}
    if holds_book(cursor, schema):
        if names := lost(1, held.keys()):
            raise lacking(book, names)
        raise Refused.of("GT-DB-011", f"A book {book} already stands there.", f"{_ANOTHER}.")
    if held:
        name = min(held)
        raise Refused.of(
            "GT-DB-029",
            f"The schema {schema} already holds something else, for example the {held[name]} {name}.",
            f"{_ANOTHER}: a book needs a schema of its own.",
        )


def holds_book(cursor: Any, schema: str) -> bool:
    """Whether a book stands in a schema, or what is left of one: a single table of such a name may be somebody else's."""
    cursor.execute(_OURS, (schema, list(LOG.tables), schema))
    row = cursor.fetchone()
    return row is not None and bool(row[0]) and row[0] + row[1] > 1


def _opener(url: str, schema: str, book: str, read_only: bool, wait_seconds: float) -> Connect:
    address = plain(url)

    def connection() -> Connection:
        try:
            made = psycopg.connect(
                address,
                autocommit=True,
                connect_timeout=CONNECT_SECONDS,
                application_name="goldenthread",
                client_encoding="utf8",  # whatever the role has set
            )
        except psycopg.Error as error:
            raise unreachable(error, book) from error
        try:
            _settle(made, schema, read_only, wait_seconds)
        except psycopg.Error as error:
            lost = made.closed
            made.close()
            raise failure(error, book, lost, only_read=read_only) from error
        return made

    return connection


def _settle(connection: Connection, schema: str, read_only: bool, wait_seconds: float) -> None:
    connection.adapters.register_dumper(int, Int8BinaryDumper)  # one statement whatever the size of a number
    connection.prepare_threshold = None  # left to `line`
    connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(schema)))
    connection.execute("SELECT set_config('lock_timeout', %s, false)", (f"{int(wait_seconds * 1000)}ms",))
    # shared by all who have the book open: a restored one takes its name only while nobody has
    connection.execute("SELECT pg_advisory_lock_shared(%s)", (lock_key(schema, "open"),))
    connection.execute("SET timezone TO 'UTC'")
    connection.execute("SET standard_conforming_strings TO on")  # a backslash in our statements is one
    connection.execute("SET row_security TO off")  # rows that a policy hides are told of, not left out
    for setting, value in _AWAKE.items():
        connection.execute("SELECT set_config(%s, %s, false)", (setting, value))
    row = connection.execute("SELECT current_setting('synchronous_commit')").fetchone()
    if row is not None and row[0] == "off":
        connection.execute("SET synchronous_commit TO on")
    if read_only:
        connection.execute("SET default_transaction_read_only TO on")


def _check_encoding(database: PostgresDatabase) -> None:
    with database.reading as cursor:
        cursor.execute("SELECT current_setting('server_encoding')")
        row = cursor.fetchone()
    if row is None or row[0] != "UTF8":
        raise _other_encoding(database.book, str(row[0]) if row else "?")


def _other_encoding(book: str, found: str) -> GoldenthreadError:
    return Broken.of(
        "GT-DB-007",
        f"The database of {book} is encoded in {found}, and the record needs UTF8.",
        "Have a database made in UTF8 (with PostgreSQL's own createdb), and name it in the URL.",
    )


def _check_book(database: PostgresDatabase, schema: str) -> None:
    with database.reading as cursor:
        if not holds_book(cursor, schema):
            raise missing(database.book)
        cursor.execute("SELECT has_schema_privilege(%s, 'USAGE')", (schema,))
        may_use = (cursor.fetchone() or (False,))[0]
    if not may_use:
        raise forbidden(database.book, "it has no rights on the schema")
