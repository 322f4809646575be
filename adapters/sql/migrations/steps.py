"""Alembic, on the connection and in the transaction of a writing block: nothing is committed here.

The version stands in the book's own `meta` row and nowhere else, so Alembic's version table is not used: Alembic
orders the files of `versions/` and runs their operations, and the row is moved on after each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from adapters.sql.database import Cursor
from engine.upkeep import Step

HERE = Path(__file__).parent


def head() -> int:
    """The newest version there is a file for."""
    return int(_scripts().get_current_head() or 0)


def steps_after(version: int) -> list[Step]:
    """The versions after one (0: all), oldest first, with the first sentence of each."""
    return [Step(int(script.revision), script.doc) for script in _after(version)]


def take_steps(
    cursor: Cursor, dialect: Dialect, after: int, taken: Callable[[int], None], until: int | None = None
) -> None:
    """Run the operations of each version after one, oldest first, and say which has been taken.

    Raises what the driver raises; the transaction is then to be rolled back.
    """
    with _connection(cursor, dialect) as connection:
        context = MigrationContext.configure(connection=connection)
        with Operations.context(context):
            for script in _after(after, until):
                script.module.upgrade()
                taken(int(script.revision))


def _after(version: int, until: int | None = None) -> list[Script]:
    upper, lower = str(until or "head"), str(version) if version else "base"
    return [*_scripts().iterate_revisions(upper, lower)][::-1]


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(HERE), version_locations=[str(HERE / "versions")])


@contextmanager
def _connection(cursor: Cursor, dialect: Dialect) -> Iterator[Connection]:
    """SQLAlchemy's connection on the driver's; its exceptions are put back to the driver's, which the block knows."""
    kind: Any = type(dialect)
    plain = {"use_native_hstore": False} if dialect.name == "postgresql" else {}  # no table of ours has it
    own = kind(paramstyle=dialect.paramstyle, dbapi=kind.import_dbapi(), **plain)
    borrowed: Any = _Borrowed(cursor)
    engine = Engine(StaticPool(lambda: borrowed, reset_on_return=None), own, URL.create(dialect.name))
    try:
        with engine.connect() as connection:
            own.initialize(connection)
            yield connection
    except DBAPIError as error:
        raise error.orig or error from error


class _Borrowed:
    """The driver's connection, lent: whoever began the transaction ends it, and the connection stays open."""

    def __init__(self, cursor: Cursor) -> None:
        self._lent: Any = cursor.connection  # type: ignore[attr-defined]  # every driver's cursor has it

    def __getattr__(self, name: str) -> Any:
        return getattr(self._lent, name)

    def commit(self) -> None:
        """Left to the block."""

    def rollback(self) -> None:
        """Left to the block."""

    def close(self) -> None:
        """Left to the block."""
