"""Opening a SQLite file: which settings, what is refused, and how a book is told from any other file.

Settings, and why: WAL, so that readers never wait for a writer; `synchronous=FULL`, so that what was answered as
recorded survives a power cut (NORMAL loses the last commits); `foreign_keys`; a busy timeout; a page cache of
32 MB; `secure_delete`, so that an erased text is overwritten; `recursive_triggers`, so that REPLACE does not slip
past the append-only triggers. No memory mapping: an I/O error there is a crash instead of an error. Locking mode
stays NORMAL: several processes share a book. Weaker settings than asked for are refused at opening, as on a
network drive without WAL. Below SQLite 3.51.3 writers and checkpoints take turns on one file lock.

A book opened for reading alone is never written. SQLite keeps `-wal` and `-shm` files beside it where the folder
can be written; on read-only media without a `-wal` file it is read as a file that nobody changes.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from adapters.sql.sqlite.connection import SqliteDatabase
from adapters.sql.sqlite.failures import TROUBLE, failure, foreign, missing, unreadable, waiting
from adapters.sql.sqlite.failures import read_only as unwritable
from adapters.sql.sqlite.file_lock import FileLock
from events.errors import Broken, GoldenthreadError, NotFound, Refused

APPLICATION = 0x676F6C64
"""Written in the file's header ("gold"): how a book is told from any other SQLite file."""
SAFE_LIBRARY = (3, 51, 3)
"""The first SQLite in which two writers may reset the WAL without a lock of ours."""

_SETTINGS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-32768",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA secure_delete=ON",
)
_DURABLE = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA fullfsync=ON", "PRAGMA mmap_size=0")
_REQUIRED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def connect(path: Path, *, create: bool, read_only: bool, wait_seconds: float) -> SqliteDatabase:
    """Open a file with the settings above; with `create`, a new one, still without tables."""
    _check_path(path, create, read_only)
    name = str(path)
    try:
        connection = _connect(path, create, read_only, wait_seconds)
        try:
            return _settled(path, connection, create, read_only, wait_seconds)
        except BaseException:
            connection.close()
            raise
    except TROUBLE as error:
        stuck = read_only and getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CANTOPEN
        raise waiting(name) if stuck else failure(error, name) from error


def _settled(
    path: Path, connection: sqlite3.Connection, create: bool, read_only: bool, wait_seconds: float
) -> SqliteDatabase:
    _check_identity(path, connection, create)
    for setting in _SETTINGS if read_only else (*_SETTINGS, *_DURABLE):
        connection.execute(setting).fetchall()
    if read_only:
        return SqliteDatabase(path, connection, None, read_only)
    check_settings(path, connection)
    lock = None
    if sqlite3.sqlite_version_info < SAFE_LIBRARY:
        try:
            lock = FileLock(f"{path}.lock", wait_seconds)
        except OSError as error:
            raise unwritable(str(path)) from error
    return SqliteDatabase(path, connection, lock, read_only)


def _check_path(path: Path, create: bool, reading: bool) -> None:
    if create and not path.parent.is_dir():
        raise _missing_folder(path)
    if not create and not path.exists():
        raise missing(str(path))
    if path.is_dir():
        raise foreign(str(path))
    if reading and not os.access(path, os.R_OK):
        raise unreadable(str(path))
    target = path if path.exists() else path.parent
    if not reading and not (os.access(target, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise unwritable(str(path))


def _missing_folder(path: Path) -> GoldenthreadError:
    return NotFound.of(
        "GT-DB-016",
        f"There is no folder {path.parent} for the book {path.name}.",
        "Make the folder first, or name another.",
    )


def _connect(path: Path, create: bool, reading: bool, wait_seconds: float) -> sqlite3.Connection:
    mode = "rwc" if create else "rw"
    if reading:
        wal = path.with_name(path.name + "-wal")
        alone = not os.access(path.parent, os.W_OK) and not (wal.exists() and wal.stat().st_size)
        mode = "ro&immutable=1" if alone else "ro"
        _undo_interrupted(path)
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        timeout=wait_seconds,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )


def _undo_interrupted(path: Path) -> None:
    """Have SQLite take back a restore that was killed half-way, which it does for whoever may write."""
    journal = path.with_name(path.name + "-journal")
    if journal.exists() and journal.stat().st_size and os.access(path, os.W_OK):
        with closing(sqlite3.connect(path)) as writer:
            writer.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()


def _check_identity(path: Path, connection: sqlite3.Connection, create: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if create:
        if application or connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            raise Refused.of(
                "GT-DB-011", f"A file {path} already stands there.", "Name another file for the new book."
            )
    elif application != APPLICATION:
        raise foreign(str(path))


def check_settings(path: Path, connection: sqlite3.Connection) -> None:
    """Read back what was asked for, since SQLite does not say when it keeps less. Raises Broken GT-DB-007."""
    for setting, wanted in _REQUIRED.items():
        found = connection.execute(f"PRAGMA {setting}").fetchone()[0]
        if found != wanted:
            raise Broken.of(
                "GT-DB-007",
                f"SQLite keeps {setting}={found} for {path}, and the record needs {setting}={wanted}.",
                "Put the book on a disk of this machine, not on a network drive or in memory.",
            )


def mark(cursor: sqlite3.Cursor) -> None:
    """Mark a new file as a book, in the transaction that makes its tables. Raises Refused where somebody was faster."""
    if cursor.execute("PRAGMA application_id").fetchone()[0]:
        raise Refused.of(
            "GT-DB-018", "The book was made by another program at the same time.", "Open it instead."
        )
    cursor.execute(f"PRAGMA application_id={APPLICATION}")
