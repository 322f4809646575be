"""What SQLite says went wrong, in a reader's words and with a way out. No driver exception leaves the adapter."""

from __future__ import annotations

import re
import sqlite3

from adapters.sql.lost_tables import lacking
from adapters.sql.marks import SAID, moved_away
from events.errors import Broken, GoldenthreadError, NotFound, Unavailable

_KINDS = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_AUTH: "read-only",
    sqlite3.SQLITE_CANTOPEN: "read-only",
    sqlite3.SQLITE_NOTADB: "foreign",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "full",
    sqlite3.SQLITE_CORRUPT: "damaged",
}
_GONE = re.compile(r"no such table: (?:main\.)?(\w+)$")


TROUBLE = (sqlite3.Error, UnicodeDecodeError)
"""What the driver raises: where the damaged file itself is quoted in a message, that message may be no text."""


def failure(error: sqlite3.Error | UnicodeDecodeError, path: str) -> GoldenthreadError:
    """The failure to raise in place of a driver's exception."""
    if isinstance(error, UnicodeDecodeError):
        return damaged(path, "what SQLite says of it is no text")
    code = getattr(error, "sqlite_errorcode", None) or 0
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER and str(error).startswith(SAID):
        return moved_away(str(error).removeprefix(SAID))
    if gone := _GONE.match(str(error)):
        return lacking(path, [gone[1]])
    match _KINDS.get(code & 0xFF):
        case "locked":
            return locked(path)
        case "read-only":
            return read_only(path)
        case "foreign":
            return foreign(path)
        case "full":
            return Unavailable.of(
                "GT-DB-005",
                f"The disk did not take what was to be written to {path} ({error}): nothing of it was recorded.",
                "Make room on the disk or look to its health, then do the same again.",
            )
        case "damaged":
            return damaged(path, str(error))
        case _:
            return Broken.of(
                "GT-DB-013",
                f"SQLite refused what was asked of the book {path}: {error}. Nothing was written.",
                "Run 'goldenthread audit verify'; if it finds nothing, report this sentence.",
            )


def damaged(path: str, why: str) -> GoldenthreadError:
    """The file is damaged."""
    return Broken.of(
        "GT-DB-012",
        f"The book {path} is damaged: {why}.",
        "Copy the file away as it is, and restore the last backup that passes 'goldenthread audit verify'.",
    )


def locked(path: str) -> GoldenthreadError:
    """Somebody else holds the book."""
    return Unavailable.of(
        "GT-DB-002",
        f"The book {path} is held by another program: nothing was written.",
        "Wait for it to finish (an import, a backup, another goldenthread) and do the same again.",
    )


def read_only(path: str) -> GoldenthreadError:
    """The file or its folder cannot be written."""
    return Unavailable.of(
        "GT-DB-003",
        f"The book {path} cannot be written: the file or its folder is read-only for this account.",
        "Give this account the right to write both, or only read.",
    )


def unreadable(path: str) -> GoldenthreadError:
    """The file cannot be read."""
    return Broken.of(
        "GT-DB-019",
        f"The book {path} cannot be read by this account.",
        "Give this account the right to read the file.",
    )


def waiting(path: str) -> GoldenthreadError:
    """The last facts stand in the WAL, and SQLite may not make the file it needs to find them there."""
    return Broken.of(
        "GT-DB-020",
        f"The book {path} was not closed properly: its last facts wait in {path}-wal, in a folder that is read-only "
        "for this account.",
        "Copy both files together into a folder that can be written, and read the book there.",
    )


def foreign(path: str) -> GoldenthreadError:
    """The file is something else."""
    return Broken.of(
        "GT-DB-004",
        f"The file {path} is not a goldenthread book.",
        "Name the file that 'goldenthread init' made.",
    )


def missing(path: str) -> GoldenthreadError:
    """There is no file."""
    return NotFound.of(
        "GT-DB-006",
        f"There is no book at {path}.",
        "Open one with 'goldenthread init', or name the folder with -C, the file with --db.",
    )
