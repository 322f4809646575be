"""What is written in a place about the book that comes or has gone: no half book is opened, and no old one written.

A book on its way in has no version of its tables yet, so that whatever opens books refuses it. A file whose book
has gone elsewhere can still be read; triggers refuse every change, also to programs that had it open before.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.database import Cursor
from adapters.sql.keeping import Keeping
from adapters.sql.schema import LOG
from adapters.sql.statements import native
from events.errors import GoldenthreadError, Refused, Unavailable
from events.instant import Instant

ARRIVING = "arriving"
"""The meta row of a book on its way in."""
MOVED = "moved"
"""The meta row of a book that has gone elsewhere."""
SAID = "this book was moved to "
"""How the triggers begin what they say."""
_FORGET = "DELETE FROM meta WHERE name = ?"


class Arriving(msgspec.Struct, frozen=True, kw_only=True):
    """A book on its way in."""

    by: str
    """The command that brings it: ``to-postgres``, ``backup`` or ``restore``."""
    source: str
    """Where it comes from, as it is named to people."""
    first: str
    """The hash of its first event, in hex: which book it is."""
    views: str = ""
    """Which views are being filled, and in which shape."""
    views_until: int = 0
    """They are filled up to this event."""
    ticket: str = ""
    """What tells this move from any other of the same book; the file keeps that of the one which closed it."""


class Departed(msgspec.Struct, frozen=True, kw_only=True):
    """A book that has gone elsewhere."""

    to: str
    at: Instant
    position: int
    """The last event it had here."""
    ticket: str = ""
    """Of the move that took it there."""


def arriving(cursor: Cursor, dialect: Dialect) -> Arriving | None:
    """The book on its way in, if there is one."""
    written = Keeping(dialect).get_meta(cursor, ARRIVING)
    return None if written is None else msgspec.json.decode(written, type=Arriving)


def keep_arriving(cursor: Cursor, dialect: Dialect, book: Arriving) -> None:
    """Note how far a book on its way in has come."""
    Keeping(dialect).set_meta(cursor, ARRIVING, msgspec.json.encode(book).decode())


def forget(cursor: Cursor, dialect: Dialect, mark: str) -> None:
    """Take a mark away."""
    cursor.execute(native(_FORGET, dialect), (mark,))


def check_whole(cursor: Cursor, dialect: Dialect) -> None:
    """Refuse a book that is still on its way in. Raises Unavailable GT-DB-054."""
    book = arriving(cursor, dialect)
    if book is not None:
        raise Unavailable.of(
            "GT-DB-054",
            f"The book is not whole yet: it is being brought here from {book.source}.",
            "Wait until that is done; if it was interrupted, run the same 'goldenthread db to-postgres' again.",
        )


def departed(cursor: Cursor, dialect: Dialect) -> Departed | None:
    """Where the book has gone, if it has."""
    written = Keeping(dialect).get_meta(cursor, MOVED)
    return None if written is None else msgspec.json.decode(written, type=Departed)


def check_here(cursor: Cursor, dialect: Dialect) -> None:
    """Refuse to write where the book has gone elsewhere. Raises Refused GT-DB-053."""
    gone = departed(cursor, dialect)
    if gone is not None:
        raise moved_away(gone.to)


def moved_away(to: str) -> GoldenthreadError:
    """The book has gone elsewhere."""
    return Refused.of(
        "GT-DB-053",
        f"This book was moved to {to}: nothing is written here any more.",
        "Name its new place with db and book in goldenthread.toml, or with --db and --book. Here it can still be read.",
    )


def depart(cursor: Cursor, dialect: Dialect, gone: Departed) -> None:
    """Write in a SQLite file that its book has gone elsewhere; nothing else is written in it from here on."""
    Keeping(dialect).set_meta(cursor, MOVED, msgspec.json.encode(gone).decode())
    said = f"{SAID}{gone.to}".replace("'", "''")
    for name, table, verb in _triggers():
        cursor.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )


def undo_departure(cursor: Cursor, dialect: Dialect) -> None:
    """Let a SQLite file be written again, as a book that is restored from it must be."""
    for name, _, _ in _triggers():
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
    forget(cursor, dialect, MOVED)


def _triggers() -> Iterator[tuple[str, str, str]]:
    for table in LOG.sorted_tables:
        for verb in ("INSERT", "UPDATE", "DELETE"):
            yield f"{table.name}_moved_{verb.lower()}", table.name, verb
