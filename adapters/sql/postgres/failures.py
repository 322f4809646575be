"""What PostgreSQL says went wrong, in a reader's words and with a way out. No driver exception leaves the adapter."""

from __future__ import annotations

import re

import psycopg
from psycopg import errors

from adapters.sql.lost_tables import lacking
from events.errors import Broken, GoldenthreadError, NotFound, Unavailable

_NAMED = re.compile(r'["„»«“](?:[^"]+\.)?(\w+)["“«»”]')
"""How a server quotes a table's name, whatever language it speaks."""


def failure(
    error: psycopg.Error, book: str, lost: bool = False, only_read: bool = False
) -> GoldenthreadError:
    """The failure to raise in place of a driver's exception.

    `lost`: the connection is gone. `only_read`: nothing was to be recorded up to here.
    """
    match error:
        case errors.LockNotAvailable():
            return locked(book)
        case _ if lost or isinstance(error, errors.AdminShutdown | errors.CrashShutdown):
            return interrupted_reading(book) if only_read else interrupted(book)
        case errors.InsufficientPrivilege():
            return forbidden(book, said(error))
        case errors.ReadOnlySqlTransaction():
            return read_only(book)
        case errors.DiskFull() | errors.OutOfMemory() | errors.ConfigurationLimitExceeded():
            return Unavailable.of(
                "GT-DB-005",
                f"The disk did not take what was to be written to {book} ({said(error)}): nothing of it was recorded.",
                "Make room on the disk or look to its health, then do the same again.",
            )
        case errors.UndefinedTable() if gone := _NAMED.search(said(error)):
            return lacking(book, [gone[1]])
        case errors.UndefinedTable() | errors.InvalidSchemaName():
            return missing(book)
        case errors.SerializationFailure() | errors.DeadlockDetected() | errors.QueryCanceled():
            return Unavailable.of(
                "GT-DB-021",
                f"PostgreSQL stopped what was asked of {book} ({said(error)}): nothing of it was recorded.",
                "Do the same again; if it is a time limit for statements that the server or the role sets, have it lifted for "
                "this role.",
            )
        case _:
            return Broken.of(
                "GT-DB-022",
                f"PostgreSQL refused what was asked of {book}: {said(error)}. Nothing was written.",
                "Run 'goldenthread audit verify'; if it finds nothing, report this sentence.",
            )


def said(error: psycopg.Error) -> str:
    """The first line of what the server or the driver said, without a full stop."""
    words = error.diag.message_primary or str(error).strip() or type(error).__name__
    return words.splitlines()[0].rstrip(".")


def interrupted(book: str) -> GoldenthreadError:
    """The connection broke while something was under way: its outcome is not known here."""
    return Unavailable.of(
        "GT-DB-026",
        f"The connection to {book} broke off: whether the last thing was recorded is not known.",
        "Do the same again, with the same --command-id if you gave one; what is recorded already is not done twice.",
    )


def interrupted_reading(book: str) -> GoldenthreadError:
    """The connection broke before anything was to be recorded."""
    return Unavailable.of(
        "GT-DB-243",
        f"The connection to {book} broke off while it was read: nothing was being recorded.",
        "Do the same again.",
    )


def locked(book: str) -> GoldenthreadError:
    """Somebody else holds the append lock."""
    return Unavailable.of(
        "GT-DB-002",
        f"The book {book} is held by another program: nothing was written.",
        "Wait for it to finish (an import, a backup, another goldenthread) and do the same again.",
    )


def read_only(book: str) -> GoldenthreadError:
    """It was opened for reading, or the server is a standby."""
    return Unavailable.of(
        "GT-DB-003",
        f"The book {book} cannot be written: it is read-only for this account, or the server is a standby.",
        "Name the server that takes writes, or only read.",
    )


def forbidden(book: str, why: str) -> GoldenthreadError:
    """The role lacks a right."""
    return Broken.of(
        "GT-DB-027",
        f"The role that was used for {book} may not do this: {why}.",
        "Let the owner of the schema do it, or give the role its rights with 'goldenthread db grant'.",
    )


def may_not_make(schema: str, book: str) -> GoldenthreadError:
    """The role may not make the schema of a new book."""
    return Broken.of(
        "GT-DB-220",
        f"The role that was used may not make the schema of the new book {book}.",
        f'Let an administrator of the database make it for that role (CREATE SCHEMA "{schema}" AUTHORIZATION, and the '
        "role), then do the same again: a schema that is empty is taken.",
    )


def missing(book: str) -> GoldenthreadError:
    """There is no schema, or none that holds a book."""
    return NotFound.of(
        "GT-DB-006",
        f"There is no book at {book}.",
        "Open one with 'goldenthread init', or name the folder with -C, the file with --db.",
    )
