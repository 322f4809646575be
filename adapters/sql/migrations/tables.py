"""The tables of one book: brought to this version in one transaction, or compared with what they must be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from pathlib import Path

from adapters.sql.database import Cursor, Database
from adapters.sql.driver import check_driver
from adapters.sql.keeping import Keeping
from adapters.sql.lost_tables import lacking, lost, tables_standing
from adapters.sql.marks import check_here
from adapters.sql.migrations.ownership import act_as_owner, check_owner
from adapters.sql.opening import (
    SCHEMA,
    checked_version,
    kept_views,
    settle,
    version_of,
    views_behind,
    views_wanting,
)
from adapters.sql.schema import VERSION, before
from adapters.sql.view_tables import ViewTable
from engine.ports import Progress
from engine.upkeep import Condition, Step, Upgrade
from engine.view import View
from events.errors import Problem

WAIT_SECONDS = 10.0
"""How long to wait for another program to let go."""
Failpoint = Callable[[str], None]
"""Called with ``planned``, ``before steps``, ``after step N``, ``after steps``, ``after views`` and ``after commit``, for tests that stop half-way."""


class SqlTables:
    """The tables behind a book in a SQL database."""

    def __init__(self, database: Database, views: Sequence[View], failpoint: Failpoint | None = None) -> None:
        self._database = database
        self._dialect = database.dialect
        self._views = views
        self._failpoint = failpoint or (lambda _: None)

    def upgrade(self, *, dry_run: bool = False, progress: Progress | None = None) -> Upgrade:
        """Bring tables and views to this version, in one transaction under the append lock."""
        with self._database.reading as cursor:
            planned = self._plan(cursor)
            if dry_run or not planned.needed:
                return planned
            check_here(cursor, self._dialect)
            check_owner(cursor, self._dialect, "GT-DB-032")
        self._failpoint("planned")
        with self._database.writing as cursor:
            planned = self._plan(cursor)  # another program may have been faster
            self._take_steps(cursor, planned)
            settle(cursor, self._database, self._tables, progress)
            self._failpoint("after views")
        self._failpoint("after commit")
        return planned

    def check(self) -> Condition:
        """Compare the book with what this program needs."""
        open_to_change = self._database.open_to_change()
        with self._database.snapshot as cursor:
            standing = tables_standing(cursor, self._dialect)
            found = version_of(cursor, self._database, standing)
            if found == VERSION:
                looked, differences = self._compare(cursor, standing)
            else:
                looked, differences = 0, [_other(found)]
        return Condition(
            found=found,
            known=VERSION,
            tables=looked,
            differences=tuple(differences),
            problems=(*self._lost(found, standing), *open_to_change),
        )

    def _compare(self, cursor: Cursor, standing: Collection[str]) -> tuple[int, list[str]]:
        from adapters.sql.migrations.comparing import compare

        kept = kept_views(cursor, self._dialect)
        behind, wanting = views_behind(kept, self._tables), views_wanting(kept, self._tables, standing)
        settled = {name: table for name, table in self._tables.items() if name not in wanting}
        unsettled = {*wanting, *kept} - settled.keys()
        passed_over = {*unsettled, *map(before, unsettled)}
        looked, differences = compare(cursor, self._database, settled.values(), passed_over)
        told = {name: _no_longer(name) for name in unsettled}
        told |= {name: _to_fill(name, "is missing") for name in wanting}
        told |= {name: _to_fill(name, "is not of this version") for name in behind}
        return looked, differences + [told[name] for name in sorted(told)]

    def close(self) -> None:
        """Release the database."""
        self._database.close()

    def _lost(self, found: int, standing: Collection[str]) -> Sequence[Problem]:
        names = lost(found, standing) if found <= VERSION else []
        return lacking(self._database.book, names).problems if names else ()

    def _plan(self, cursor: Cursor) -> Upgrade:
        standing = tables_standing(cursor, self._dialect)
        found = checked_version(cursor, self._database, standing)
        steps: list[Step] = []
        if found < VERSION:
            from adapters.sql.migrations.steps import steps_after

            steps = steps_after(found)
        kept = kept_views(cursor, self._dialect)
        return Upgrade(
            found=found,
            known=VERSION,
            steps=tuple(steps),
            views=tuple(views_wanting(kept, self._tables, standing)),
            dropped=tuple(sorted(kept.keys() - self._tables.keys())),
        )

    def _take_steps(self, cursor: Cursor, planned: Upgrade) -> None:
        if not planned.steps:
            return
        from adapters.sql.migrations.steps import take_steps

        def taken(version: int) -> None:
            Keeping(self._dialect).set_meta(cursor, SCHEMA, str(version))
            self._failpoint(f"after step {version}")

        act_as_owner(cursor, self._dialect)
        self._failpoint("before steps")
        take_steps(cursor, self._dialect, planned.found, taken)
        self._database.tables_made(cursor)
        self._failpoint("after steps")

    @cached_property
    def _tables(self) -> dict[str, ViewTable]:
        return {view.name: ViewTable(view, self._dialect) for view in self._views}


def _other(found: int) -> str:
    way_out = (
        "'goldenthread db migrate' brings them there"
        if found < VERSION
        else "install the goldenthread that wrote it, or a later one"
    )
    return f"The tables are of version {found}, and this program works with version {VERSION}: {way_out}."


def _to_fill(view: str, why: str) -> str:
    return f"The view {view} {why}: 'goldenthread db migrate' fills it again from the log."


def _no_longer(view: str) -> str:
    return f"The view {view} is no longer kept: 'goldenthread db migrate' drops it."


def sqlite_tables(path: Path, views: Sequence[View], *, write: bool) -> SqlTables:
    """The tables of the book in a file, whatever their version. Raises as `adapters.sql.open_sqlite`."""
    from adapters.sql.sqlite.opening import connect

    return SqlTables(connect(path, create=False, read_only=not write, wait_seconds=WAIT_SECONDS), views)


def postgres_tables(url: str, schema: str, views: Sequence[View], *, write: bool) -> SqlTables:
    """The tables of the book in a schema, whatever their version. Raises as `adapters.sql.open_postgres`."""
    check_driver()
    from adapters.sql.postgres.opening import connect

    return SqlTables(
        connect(url, schema, create=False, read_only=not write, wait_seconds=WAIT_SECONDS), views
    )
