"""Several questions, or several writes, in one turn with the database.

To SQLite, in our own process, a turn is nothing. From a server every turn is waited for, while others wait for the
append lock: so a commit takes the same few turns, however many views it bears on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.rows import Rows, Write
from adapters.sql.statements import Question


def ask_all(cursor: Any, dialect: Dialect, questions: Sequence[Question]) -> Iterator[list[Any]]:
    """The rows that answer each question, in order."""
    if dialect.name == "postgresql":
        from adapters.sql.postgres.bulk import ask_together

        yield from ask_together(cursor, questions)
        return
    for question in questions:
        cursor.execute(*question)
        yield cursor.fetchall()


def write_all(cursor: Any, dialect: Dialect, writes: Sequence[Write]) -> None:
    """Make all writes, in their order."""
    writes = [write for write in writes if write.values]
    if dialect.name == "postgresql":
        from adapters.sql.postgres.bulk import write_together

        write_together(cursor, writes)
        return
    for into, values in writes:
        statement = into.insert if isinstance(into, Rows) else into.delete
        if len(values) == 1:
            cursor.execute(statement, values[0])
        else:
            cursor.executemany(statement, values)


def settle(cursor: Any, dialect: Dialect) -> None:
    """Wait until everything that was written so far stands in the tables of the open transaction."""
    if dialect.name == "postgresql":
        cursor.settle()
