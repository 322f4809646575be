"""Having a SQLite file for oneself alone: leaving the write-ahead log is granted only to the last one who has it open."""

from __future__ import annotations

import sqlite3

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def keep_others_out(connection: sqlite3.Connection) -> bool:
    """Whether nobody else has the file open; nobody can open it then until `let_others_in` and the end of a transaction.

    The write-ahead log is empty and gone afterwards; whoever opens the file for writing begins a new one.
    """
    try:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
        mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        connection.execute("BEGIN EXCLUSIVE")  # the lock outlives the transaction in this mode
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in _BUSY:
            return False
        raise
    return bool(mode == "delete")


def let_others_in(connection: sqlite3.Connection) -> None:
    """Let go of the file at the end of the next transaction."""
    connection.execute("PRAGMA locking_mode=NORMAL").fetchall()
