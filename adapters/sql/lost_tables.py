"""Which of a book's tables stand. A place that has lost some of them holds a damaged book, and is not an empty place."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.database import Cursor
from adapters.sql.schema import INCIDENTS, LOG
from events.errors import Broken, GoldenthreadError

_CAME_WITH = {INCIDENTS.name: 2}
"""Which version of the tables brought one that the first did not have."""
_ASK = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')",
    "postgresql": "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f')",
}
_LOST = "Give them back their names if somebody renamed them; else restore the last backup with 'goldenthread db restore'."
_TO_FILL = "Run 'goldenthread db migrate': it fills views again from the log."


def tables_standing(cursor: Cursor, dialect: Dialect) -> set[str]:
    """The names of all tables that stand, whatever is in them."""
    cursor.execute(_ASK[dialect.name])
    return {name for (name,) in cursor.fetchall()}


def lost(version: int, standing: Collection[str]) -> list[str]:
    """The tables that a book of this version must have and has not; views can be filled again and are no part of it."""
    return [name for name in LOG.tables if _CAME_WITH.get(name, 1) <= version and name not in standing]


def lacking(book: str, names: Iterable[str]) -> GoldenthreadError:
    """Tables are missing."""
    missing = sorted(names)
    which = f"the table {missing[0]}" if len(missing) == 1 else f"the tables {_listed(missing)}"
    return Broken.of(
        "GT-DB-222",
        f"The book {book} is damaged: {which} of it {'is' if len(missing) == 1 else 'are'} missing.",
        _LOST if LOG.tables.keys() & set(missing) else _TO_FILL,
    )


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
