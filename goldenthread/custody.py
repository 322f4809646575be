"""Where a project's book is kept: moved to PostgreSQL, backed up, restored. Implements `engine.custody.Custody`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from msgspec.structs import replace as changed

from engine.custody import BackedUp, Moved, Restored, Watch
from engine.ports import Clock
from engine.views import VIEWS
from events.errors import Invalid, Refused
from events.instant import Instant, instant
from goldenthread.places import FilePlace, Place, SchemaPlace

if TYPE_CHECKING:
    from adapters.sql.database import Database

WAIT_SECONDS = 10.0
"""How long to wait for another program to let go."""


class ProjectCustody:
    """The custody of one project's book; `elsewhere` answers the place that other settings would name."""

    def __init__(self, place: Place, elsewhere: Callable[[str, str], Place], clock: Clock) -> None:
        self._place = place
        self._elsewhere = elsewhere
        self._clock = clock

    def move(self, url: str, schema: str, *, dry_run: bool, watch: Watch) -> Moved:
        """Move the book from its file to a schema in PostgreSQL. Raises Refused GT-DB-052, Invalid 051, and as `move`."""
        source, target = self._place, self._elsewhere(url, schema)
        if not isinstance(target, SchemaPlace):
            raise Invalid.of(
                "GT-DB-051",
                "A book is moved to a PostgreSQL database, and what was given is not the address of one.",
                "Write it as postgresql+psycopg://USER@HOST/DATABASE; the password belongs in PGPASSWORD or ~/.pgpass.",
            )
        if not isinstance(source, FilePlace):
            raise Refused.of(
                "GT-DB-052",
                f"The book stands in PostgreSQL already, at {source.shown}.",
                "To have it elsewhere, write a backup with 'goldenthread db backup', and restore that there.",
            )
        from adapters.sql.driver import check_driver
        from adapters.sql.sqlite.opening import connect

        check_driver()
        from adapters.sql.moving import move
        from adapters.sql.postgres.opening import connect as connect_schema

        with (
            closing(connect(source.file, create=False, read_only=dry_run, wait_seconds=WAIT_SECONDS)) as book,
            closing(
                connect_schema(
                    target.url, target.schema, create=True, read_only=False, wait_seconds=WAIT_SECONDS
                )
            ) as there,
        ):
            moved = move(book, there, VIEWS, now=self._now(), watch=watch, dry_run=dry_run)
        return changed(moved, db=setting(target.url), book=target.schema)

    def back_up(self, file: Path, *, force: bool, watch: Watch) -> BackedUp:
        """Write a copy of the book to a file. Raises as `adapters.sql.backup.back_up`."""
        from adapters.sql.backup import back_up

        with closing(self._reading()) as book:
            return back_up(book, self._place.shown, file, VIEWS, force=force, watch=watch)

    def _reading(self) -> Database:
        place = self._place
        if isinstance(place, FilePlace):
            from adapters.sql.sqlite.opening import connect

            return connect(place.file, create=False, read_only=True, wait_seconds=WAIT_SECONDS)
        assert isinstance(place, SchemaPlace), "a new kind of place is read here"
        from adapters.sql.driver import check_driver

        check_driver()
        from adapters.sql.postgres.opening import connect as connect_schema

        return connect_schema(
            place.url, place.schema, create=False, read_only=True, wait_seconds=WAIT_SECONDS
        )

    def restore(self, file: Path, *, verify: bool, replace: bool, dry_run: bool, watch: Watch) -> Restored:
        """Put a backup in the place of the project's book. Raises as `adapters.sql.restore_file` and `restore_schema`."""
        place = self._place
        if isinstance(place, FilePlace):
            from adapters.sql.restore_file import restore_file

            return restore_file(
                file,
                place.file,
                VIEWS,
                check=verify,
                replace=replace,
                dry_run=dry_run,
                now=self._now(),
                watch=watch,
            )
        assert isinstance(place, SchemaPlace), "a new kind of place is restored here"
        from adapters.sql.driver import check_driver

        check_driver()
        from adapters.sql.restore_schema import restore_schema

        return restore_schema(
            file,
            place.url,
            place.schema,
            VIEWS,
            check=verify,
            replace=replace,
            dry_run=dry_run,
            now=self._now(),
            watch=watch,
        )

    def _now(self) -> Instant:
        return instant(self._clock.now())


def setting(url: str) -> str:
    """A URL as it is written in the settings: which driver, and never a password."""
    parts = urlsplit(url)
    at = parts.netloc.rpartition("@")
    user = at[0].partition(":")[0]
    query = urlencode([pair for pair in parse_qsl(parts.query) if pair[0] != "password"], safe="/")
    server = f"{user}@{at[2]}" if user else at[2]
    return f"postgresql+psycopg://{server}{parts.path}" + (f"?{query}" if query else "")
