"""A backup is a book in a file, from whatever database: anybody can open it, verify it and restore it.

A file is copied by SQLite's own backup, page by page from one snapshot; a schema of PostgreSQL row by row from one
snapshot, compared, and its views filled. Others go on writing meanwhile; what they write is in the next backup.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from adapters.sql.arrival import Arrival, Source
from adapters.sql.carrying import within
from adapters.sql.database import Database
from adapters.sql.marks import Arriving, departed
from adapters.sql.opening import check_version
from adapters.sql.sqlite.connection import SqliteDatabase
from adapters.sql.sqlite.failures import failure
from adapters.sql.sqlite.opening import APPLICATION, connect, mark
from adapters.sql.sqlite.part import check_free, digest_of, part_of, put, taken
from adapters.sql.stands import read_head
from engine.custody import BackedUp, Watch
from engine.ports import Head
from engine.view import View
from events.errors import Broken, GoldenthreadError, Refused

PAGES = 1_000
"""So many pages of a file are copied in one step."""
_OF_THE_SOURCE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def back_up(
    source: Database, shown: str, file: Path, views: Sequence[View], *, force: bool, watch: Watch
) -> BackedUp:
    """Write a copy of the book as it is now to a file that only its owner can read.

    `force` replaces a backup that stands there. Raises Refused GT-DB-060 where it may not, 244 for a book that has gone
    elsewhere, Broken 062 where the copy is not sound, and what the databases and the disk cannot do: then no file is
    left behind.
    """
    if isinstance(source, SqliteDatabase) and file.exists() and os.path.samefile(file, source.path):
        raise taken(file, "the book itself")
    check_free(file, force)
    with part_of(file) as part:
        if isinstance(source, SqliteDatabase):
            _check_not_moved(source)
            head = copy_pages(source, part, file, watch)
        else:
            head = _carry_rows(source, shown, part, file, views, watch)
        check_copy(part, file, head)
        size, digest = part.stat().st_size, digest_of(part)
        put(part, file, force=force)
    return BackedUp(
        source=shown,
        file=str(file),
        size=size,
        sha256=digest,
        events=head.position,
        position=head.position,
        recorded_at=head.recorded_at,
    )


def copy_pages(source: SqliteDatabase, part: Path, file: Path, watch: Watch) -> Head:
    """Copy a book's file as it is at one moment; answers where its log ends. `file` is how the copy is named."""
    with source.snapshot as cursor:
        head = read_head(cursor)  # the first read fixes the moment
        copy_into(source.open_connection(), part, file, watch)
    return head


def _check_not_moved(source: SqliteDatabase) -> None:
    with source.reading as cursor:
        gone = departed(cursor, source.dialect)
    if gone is not None:
        raise Refused.of(
            "GT-DB-244",
            f"This book was moved to {gone.to}: a backup of {source.path} would lack whatever is recorded there.",
            "Name its new place with db and book in goldenthread.toml and back it up there; to keep the old file, copy it.",
        )


def copy_into(source: sqlite3.Connection, part: Path, file: Path, watch: Watch) -> None:
    """Copy every page of an open file. Raises Unavailable GT-DB-005 where the disk is full."""
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode=OFF").fetchall()  # a part that is not whole is thrown away
            copy.execute("PRAGMA synchronous=OFF")
            source.backup(
                copy, pages=PAGES, progress=lambda _, left, total: watch("Copying", total - left, total)
            )
    except sqlite3.Error as error:
        if (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF in _OF_THE_SOURCE:
            raise
        raise failure(error, str(file)) from error


def check_copy(part: Path, file: Path, head: Head) -> None:
    """Look whether a copy is a sound book that ends where it must. Raises Broken GT-DB-062."""
    try:
        with closing(sqlite3.connect(f"{part.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            found = [
                copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok",
                copy.execute("PRAGMA application_id").fetchone()[0] == APPLICATION,
                read_head(copy.cursor()) == head,
            ]
    except sqlite3.Error as error:
        raise _unsound(file, str(error)) from error
    if not all(found):
        raise _unsound(
            file, "SQLite finds it damaged" if not found[0] else "it is not the book that was copied"
        )


def _unsound(file: Path, why: str) -> GoldenthreadError:
    return Broken.of(
        "GT-DB-062",
        f"The copy for {file} did not turn out sound ({why}): it was thrown away.",
        "Run 'goldenthread audit verify' on the book and look to the health of the disk, then do the same again.",
    )


def _carry_rows(
    source: Database, shown: str, part: Path, file: Path, views: Sequence[View], watch: Watch
) -> Head:
    """Carry a book of another database into a part, from one snapshot."""
    made = connect(part, create=True, read_only=False, wait_seconds=0)
    try:
        made.open_connection().execute("PRAGMA synchronous=OFF")  # it is put on the disk as a whole
        arrival = Arrival(made, str(file), views, watch)
        with source.snapshot as cursor:
            check_version(cursor, source)
            there = Source(source, within(cursor))
            head = read_head(cursor)
            arrival.begin(Arriving(by="backup", source=shown, first=there.first()), mark)
            arrival.take(there)
            arrival.compare(there)
        arrival.fill_views()
        arrival.finish()
    finally:
        made.close()
    return head
