"""Where a book stands: in a file, or in a schema of a PostgreSQL database. A new kind of place is a class here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from events.errors import NotFound, Refused

if TYPE_CHECKING:
    from adapters.sql import SqlStore
    from engine.upkeep import Tables
    from engine.view import View


Tell = Callable[[], None]


class Place(Protocol):
    """One place for one book."""

    @property
    def shown(self) -> str:
        """How it is named to people; never with a password."""
        ...

    def open(self, views: Sequence[View], *, write: bool, on_wait: Tell | None = None) -> SqlStore:
        """Open the book that stands here; `on_wait` is called where another program is waited for.

        Raises NotFound, Unavailable or Broken.
        """
        ...

    def create(self, views: Sequence[View]) -> SqlStore:
        """Make a new book here. Raises Refused where something stands."""
        ...

    def taken(self) -> bool:
        """Whether a book, or the beginning of one, stands here."""
        ...

    def grant(self, role: str, *, reader: bool) -> None:
        """Let a role of the database's server use the book. Raises Refused where rights are the file system's."""
        ...

    def tables(self, *, write: bool) -> Tables:
        """The tables behind the book, of whatever version they are. Raises as `open` otherwise."""
        ...


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A SQLite file."""

    file: Path

    @property
    def shown(self) -> str:
        """The file."""
        return str(self.file)

    def open(self, views: Sequence[View], *, write: bool, on_wait: Tell | None = None) -> SqlStore:
        """Open the file."""
        from adapters.sql import open_sqlite

        return open_sqlite(self.file, views, create=False, read_only=not write, on_wait=on_wait)

    def create(self, views: Sequence[View]) -> SqlStore:
        """Make the file."""
        from adapters.sql import open_sqlite

        return open_sqlite(self.file, views, create=True)

    def taken(self) -> bool:
        """Whether the file holds anything."""
        return self.file.exists() and self.file.stat().st_size > 0

    def grant(self, role: str, *, reader: bool) -> None:
        """Refuse: whoever may write the file may write the book."""
        raise Refused.of(
            "GT-DB-071",
            f"The book {self.file} is a file: who may use it is decided by the rights on the file and its folder.",
            "Give the account rights on both, or move the book to PostgreSQL with 'goldenthread db to-postgres'.",
        )

    def tables(self, *, write: bool) -> Tables:
        """The tables in the file."""
        from adapters.sql.migrations.tables import sqlite_tables
        from engine.views import VIEWS

        return sqlite_tables(self.file, VIEWS, write=write)


@dataclass(frozen=True, slots=True)
class SchemaPlace:
    """A schema of a PostgreSQL database, called after the book."""

    url: str
    schema: str

    @property
    def shown(self) -> str:
        """Host, database and schema, without the password."""
        from adapters.sql.postgres.address import shown

        return shown(self.url, self.schema)

    def open(self, views: Sequence[View], *, write: bool, on_wait: Tell | None = None) -> SqlStore:
        """Open the schema."""
        from adapters.sql import open_postgres

        return open_postgres(self.url, self.schema, views, create=False, read_only=not write, on_wait=on_wait)

    def create(self, views: Sequence[View]) -> SqlStore:
        """Make the schema."""
        from adapters.sql import open_postgres

        return open_postgres(self.url, self.schema, views, create=True)

    def taken(self) -> bool:
        """Whether the schema holds a book. Raises Unavailable where nobody answers, Broken for a damaged one."""
        try:
            self.open((), write=False).close()
        except NotFound as error:
            if error.problems[0].code != "GT-DB-006":
                raise
            return False
        return True

    def grant(self, role: str, *, reader: bool) -> None:
        """Give a role the rights of an application (to add and to read) or of a reader."""
        from adapters.sql.driver import check_driver

        check_driver()
        from adapters.sql.postgres.opening import connect

        database = connect(self.url, self.schema, create=False, read_only=False, wait_seconds=10)
        try:
            database.grant(role, "reader" if reader else "application")
        finally:
            database.close()

    def tables(self, *, write: bool) -> Tables:
        """The tables in the schema."""
        from adapters.sql.migrations.tables import postgres_tables
        from engine.views import VIEWS

        return postgres_tables(self.url, self.schema, VIEWS, write=write)
