"""Restoring into a file: made beside it, then put there in one step or written over in one transaction.

Where a book stands already, nobody else may have it open: SQLite leaves its write-ahead log only for the last one.
What stood there is copied aside first. Then its pages are written over in one transaction of SQLite's, which a
program that has the old file open, or is killed half-way, sees either not at all or whole; a rename under an open
file would leave the new book with the write-ahead log of the old one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

from adapters.sql.backup import PAGES, check_copy, copy_into, copy_pages
from adapters.sql.carrying import anew
from adapters.sql.marks import departed, undo_departure
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
    overtaken,
    verify_backup,
)
from adapters.sql.sqlite.connection import SqliteDatabase
from adapters.sql.sqlite.failures import failure
from adapters.sql.sqlite.opening import connect
from adapters.sql.sqlite.part import folder_to_disk, part_of, put, taken
from adapters.sql.sqlite.sole import keep_others_out, let_others_in
from adapters.sql.stands import read_head
from engine.custody import Restored, Watch
from engine.ports import Head
from engine.view import View
from events.errors import GoldenthreadError
from events.instant import Instant

_PAST_READING = ("GT-DB-004", "GT-DB-012", "GT-DB-013", "GT-DB-222")
"""What is raised for a file that is no book, or no longer."""
_BESIDE = ("-wal", "-shm", "-journal", "")
"""What belongs to a book, the file itself last."""


def restore_file(
    file: Path,
    place: Path,
    views: Sequence[View],
    *,
    check: bool,
    replace: bool,
    dry_run: bool,
    now: Instant,
    watch: Watch,
    wait_seconds: float = 10.0,
) -> Restored:
    """Put a backup where the project's file is, or say what that would mean.

    Raises Broken GT-DB-067 for a backup with faults, Refused 064 where facts would be lost and `replace` was not
    said, 066 where another program has the book open, 069 where somebody was faster.
    """
    if place.exists() and file.exists() and os.path.samefile(file, place):
        raise taken(place, "the backup itself")
    with open_backup(file) as backup:
        head = head_of(backup)
        standing = _look(place, backup)
        if check:
            verify_backup(backup, views, watch)
        aside = _aside(place)
        restored = outlook(file, str(place), head, standing, str(aside), verified=check)
        if not replace:
            check_allowed(str(place), standing)
        if not dry_run:
            _restore(backup, file, place, aside, standing, now, watch, wait_seconds)
    return restored


def _look(place: Path, backup: SqliteDatabase) -> Standing:
    if not place.exists() or (place.is_file() and not _holds_anything(place)):
        left = next((path for path in _left(place) if _holds_anything(path)), None)
        said = f"The book itself is gone, and only {left} is left." if left else ""
        return Standing(taken=bool(left), unreadable=said)
    try:
        with closing(connect(place, create=False, read_only=True, wait_seconds=10)) as book:
            found = compared(anew(book), book.dialect, anew(backup))
            with book.reading as cursor:
                gone = departed(cursor, book.dialect)
            return found._replace(moved_to=gone.to) if gone is not None else found
    except GoldenthreadError as error:
        if error.problems[0].code not in _PAST_READING or place.is_dir():
            raise
        return Standing(taken=True, unreadable=error.problems[0].sentence)


def _restore(
    backup: SqliteDatabase,
    file: Path,
    place: Path,
    aside: Path,
    standing: Standing,
    now: Instant,
    watch: Watch,
    wait_seconds: float,
) -> None:
    with part_of(place) as part:
        head = copy_pages(backup, part, place, watch)
        _make_ready(part, backup, file, head, now)
        check_copy(part, place, head)
        if standing.taken and not standing.unreadable:
            _write_over(part, place, aside, standing, watch, wait_seconds)
            return
        if not standing.taken:
            _clear(place)
        for suffix in _BESIDE if standing.taken else ():
            old = Path(f"{place}{suffix}")
            if _holds_anything(old):
                old.rename(f"{aside}{suffix}")
            else:
                old.unlink(missing_ok=True)
        put(part, place, force=False)


def _clear(place: Path) -> None:
    """Take away what is empty; whatever else stands there has come since it was looked at."""
    for path in (Path(f"{place}{suffix}") for suffix in _BESIDE):
        if _holds_anything(path):
            raise overtaken(str(place))
        path.unlink(missing_ok=True)


def _make_ready(part: Path, backup: SqliteDatabase, file: Path, head: Head, now: Instant) -> None:
    """The part is a book of its own: whatever was marked in the backup about its place goes."""
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as made:
            cursor = made.cursor()
            cursor.execute("BEGIN")
            undo_departure(cursor, backup.dialect)
            note_restored(cursor, backup.dialect, file, head, now)
            cursor.execute("COMMIT")
    except sqlite3.Error as error:
        raise failure(error, str(part)) from error


def _write_over(
    part: Path, place: Path, aside: Path, standing: Standing, watch: Watch, wait_seconds: float
) -> None:
    book = connect(place, create=False, read_only=False, wait_seconds=wait_seconds)
    try:
        book.take_lock()
        try:
            connection = book.open_connection()
            if not keep_others_out(connection):
                raise in_use(book.path)
            head = read_head(connection.cursor())
            check_unchanged(str(place), standing, head.position)
            with part_of(aside) as old:
                copy_into(connection, old, aside, watch)
                put(old, aside, force=False)
            let_others_in(connection)
            with closing(sqlite3.connect(part, isolation_level=None)) as new:
                new.backup(
                    connection,
                    pages=PAGES,
                    progress=lambda _, left, total: watch("Restoring", total - left, total),
                )
        except sqlite3.Error as error:
            raise failure(error, str(place)) from error
        finally:
            book.release_lock()
    finally:
        book.close()
    folder_to_disk(place.parent)


def _left(place: Path) -> list[Path]:
    """Where SQLite keeps what was written last."""
    return [Path(f"{place}{suffix}") for suffix in ("-wal", "-journal")]


def _holds_anything(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _aside(place: Path) -> Path:
    names = (place.with_name(f"{place.name}.aside-{number}") for number in count(1))
    return next(name for name in names if not name.exists())
