"""Several questions, or several writes, in one turn with the database.

To SQLite, in our own process, a turn is nothing. From a server every turn is waited for, while others wait for the
append lock: so a commit takes the same few turns, however many views it bears on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.rows import Write
from adapters.sql.statements import Question
from engine.ports import Head
from events.instant import Instant

FEW = 200
"""So many new rows cost no more as INSERTs than by COPY, and keep nobody waiting for its turns."""


def ask_all(cursor: Any, dialect: Dialect, questions: Sequence[Question]) -> Iterator[list[Any]]:
    """The rows that answer each question, in order."""
    if is_apart(dialect):
        from adapters.sql.postgres.bulk import ask_together

        yield from ask_together(cursor, questions)
        return
    for question in questions:
        cursor.execute(*question)
        yield cursor.fetchall()


def write_all(cursor: Any, dialect: Dialect, writes: Sequence[Write]) -> None:
    """Make all writes, in their order."""
    writes = [write for write in writes if write.values]
    if is_apart(dialect):
        from adapters.sql.postgres.bulk import write_together

        write_together(cursor, writes)
    else:
        from adapters.sql.sqlite.bulk import write_in_order

        write_in_order(cursor, writes)


def is_apart(dialect: Dialect) -> bool:
    """Whether the database is another process, so that every turn with it is waited for."""
    return dialect.name == "postgresql"


class Expected(NamedTuple):
    """What must stand in a book for a unit to be written as it was decided."""

    views: str
    """What the meta row says of the views."""
    now: Instant
    """When it is recorded, if the log does not end later."""
    latest: Instant
    """The log ends at this instant or before."""
    versions: Mapping[str, int]
    """Of each stream."""


def write_outright(
    database: Any, expected: Expected, writes: Sequence[Write], sent: Callable[[], None] | None = None
) -> Head | None:
    """Make all writes in one turn of their own with a server, if the book is as expected; None where it was not.

    Positions that are given are counted from the end of the log, wherever that is by then, and facts bear its time where that
    is later than theirs. Answers after which position they stand, and the time they bear. `sent` is called while the turn is in
    flight.
    """
    from adapters.sql.postgres.outright import write

    return write(database, expected, [write for write in writes if write.values], sent)


def settle(cursor: Any, dialect: Dialect) -> None:
    """Wait until everything that was written so far stands in the tables of the open transaction."""
    if is_apart(dialect):
        cursor.settle()
