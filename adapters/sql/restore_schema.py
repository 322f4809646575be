"""Restoring into PostgreSQL: filled in a schema beside, then the names are changed in one transaction.

The old schema keeps everything under another name. Nobody may have the book open at that moment, since search paths
go by name: every session on a book holds a shared lock, and the change takes it exclusively.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from adapters.sql.arrival import Arrival, Source
from adapters.sql.carrying import anew, within
from adapters.sql.lost_tables import lacking, lost, tables_standing
from adapters.sql.marks import Arriving, arriving
from adapters.sql.postgres.connection import PostgresDatabase
from adapters.sql.postgres.failures import forbidden
from adapters.sql.postgres.opening import LONGEST_NAME, connect, holds_book, mark
from adapters.sql.postgres.rights import grant, granted
from adapters.sql.restoring import (
    Standing,
    check_allowed,
    check_unchanged,
    compared,
    head_of,
    in_use,
    note_restored,
    open_backup,
    outlook,
    verify_backup,
)
from adapters.sql.schema import EVENTS
from adapters.sql.sqlite.connection import SqliteDatabase
from adapters.sql.stands import read_head
from engine.custody import Restored, Watch
from engine.view import View
from events.instant import Instant

_OWNED = "SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = %s"
_SCHEMA = "SELECT 1 FROM pg_namespace WHERE nspname = %s"


def restore_schema(
    file: Path,
    url: str,
    schema: str,
    views: Sequence[View],
    *,
    check: bool,
    replace: bool,
    dry_run: bool,
    now: Instant,
    watch: Watch,
    wait_seconds: float = 10.0,
) -> Restored:
    """Put a backup where the project's schema is, or say what that would mean; raises as `restore_file`, and 029."""
    with (
        open_backup(file) as backup,
        closing(connect(url, schema, create=True, read_only=False, wait_seconds=wait_seconds)) as place,
    ):
        head = head_of(backup)
        standing = _look(place, backup)
        aside = _aside(place)
        _check_owner(place)
        if check:
            verify_backup(backup, views, watch)
        if not replace:
            check_allowed(place.book, standing)
        if not dry_run:
            beside = _with_ending(schema, ".restoring")
            with (
                closing(connect(url, beside, create=True, read_only=False, wait_seconds=wait_seconds)) as new,
                new.alone("arrival") as first,
            ):
                if not first:
                    raise in_use(place.book)
                arrival = _fill(backup, file, new, views, now, watch)
                _change_names(place, new, arrival, standing, aside, wait_seconds)
        return outlook(file, place.book, head, standing, f"schema {aside}", verified=check)


def _look(place: PostgresDatabase, backup: SqliteDatabase) -> Standing:
    with place.reading as cursor:
        if holds_book(cursor, place.schema):
            gone = lost(1, tables_standing(cursor, place.dialect))
            if EVENTS.name in gone:
                return Standing(taken=True, unreadable=lacking(place.book, gone).problems[0].sentence)
            return compared(anew(place), place.dialect, anew(backup))
        cursor.execute(_SCHEMA, (place.schema,))
        if cursor.fetchone() is None:
            return Standing()
    with place.snapshot as cursor:
        mark(cursor, place.schema, place.book)  # refuses a schema that holds something else
    return Standing()


def _check_owner(place: PostgresDatabase) -> None:
    """Refuse before anything is filled what only the owner of the schema may do at the end. Raises Broken GT-DB-027."""
    with place.reading as cursor:
        cursor.execute(_OWNED, (place.schema,))
        row = cursor.fetchone()
    if row is not None and not row[0]:
        raise forbidden(
            place.book, "a restored book takes the place of the schema, which belongs to another role"
        )


def _fill(
    backup: SqliteDatabase,
    file: Path,
    new: PostgresDatabase,
    views: Sequence[View],
    now: Instant,
    watch: Watch,
) -> Arrival:
    """Bring the backup into a schema beside; what an interrupted restore left there is cleared away first."""
    with new.reading as cursor:
        cursor.execute("SELECT to_regclass('meta') IS NOT NULL")
        left = bool((cursor.fetchone() or (False,))[0]) and arriving(cursor, new.dialect)
    if left and left.by == "restore":
        with new.writing as cursor:
            cursor.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(new.schema)))
    arrival = Arrival(new, new.book, views, watch)
    with backup.snapshot as cursor:
        there = Source(backup, within(cursor))
        book = Arriving(by="restore", source=str(file), first=there.first())
        arrival.begin(book, lambda on: mark(on, new.schema, new.book))
        arrival.take(there)
        arrival.compare(there)
        head = read_head(cursor)
    arrival.fill_views()
    arrival.analyse()
    with new.writing as cursor:
        note_restored(cursor, new.dialect, file, head, now)
    return arrival


def _change_names(
    place: PostgresDatabase,
    new: PostgresDatabase,
    arrival: Arrival,
    standing: Standing,
    aside: str,
    wait_seconds: float,
) -> None:
    with place.writing as cursor:
        _take_for_itself(cursor, place, wait_seconds)
        cursor.execute(_SCHEMA, (place.schema,))
        roles: list[tuple[str, bool]] = []
        if standing.taken:
            if not standing.unreadable:
                check_unchanged(place.book, standing, read_head(cursor).position)
            roles = granted(cursor)
            _rename(cursor, place.schema, aside)
        elif cursor.fetchone() is not None:
            cursor.execute(sql.SQL("DROP SCHEMA {}").format(sql.Identifier(place.schema)))  # an empty one
        _rename(cursor, new.schema, place.schema)
        arrival.finish_in(cursor)
        for role, adds in roles:
            grant(cursor, place.schema, role, "application" if adds else "reader")


def _take_for_itself(cursor: Any, place: PostgresDatabase, wait_seconds: float) -> None:
    """Wait until no other session has the book open, and let none in. Raises Refused GT-DB-066."""
    try:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (place.lock_key("open"),))
    except psycopg.errors.LockNotAvailable as error:
        raise in_use(place.book) from error


def _with_ending(schema: str, ending: str) -> str:
    """A name that PostgreSQL does not cut."""
    return schema.encode()[: LONGEST_NAME - len(ending)].decode(errors="ignore") + ending


def _rename(cursor: Any, old: str, new: str) -> None:
    cursor.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new)))


def _aside(place: PostgresDatabase) -> str:
    """A name that no schema has yet."""
    with place.reading as cursor:
        for number in count(1):
            name = _with_ending(place.schema, f".aside-{number}")
            cursor.execute(_SCHEMA, (name,))
            if cursor.fetchone() is None:
                return name
    raise AssertionError("numbers do not end")
