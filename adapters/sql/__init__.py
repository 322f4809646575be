"""A book in a SQL database: one SQLite file, or one schema of a PostgreSQL database, per council.

What is the same for every database stands in one file per noun; what differs is behind `database.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.database import Database
from adapters.sql.driver import check_driver
from adapters.sql.marks import check_here
from adapters.sql.opening import check_version, create_log, settle_views
from adapters.sql.patience import Patience
from adapters.sql.sqlite.opening import connect, mark
from adapters.sql.store import Failpoint, SqlStore
from adapters.sql.view_tables import ViewTable
from engine.view import View

__all__ = ["SqlStore", "open_postgres", "open_sqlite"]


def open_sqlite(
    path: str | Path,
    views: Sequence[View],
    *,
    create: bool,
    read_only: bool = False,
    wait_seconds: float = 10.0,
    on_wait: Callable[[], None] | None = None,
    failpoint: Failpoint | None = None,
) -> SqlStore:
    """Open the book in a file, or with `create` make a new one; `views` are folded at every commit.

    Views that are new or have another shape are filled from the log, and those no longer named are dropped; a book
    opened for reading alone is left as it is. `wait_seconds`: how long to wait for another program to let go;
    `on_wait` is called once, from another thread, where that takes more than two.
    Raises NotFound GT-DB-006 or 016 (no such file or folder), Refused GT-DB-011 or 018 (a new book where a file
    stands), and Broken for a newer book (001), one that is locked (002), read-only (003), something else (004), on
    a failing disk (005), on one that keeps weaker promises (007), damaged (012), with other views (017), or that has
    lost tables (222).
    """
    patience = Patience(on_wait)
    with patience.waiting():
        database = connect(Path(path), create=create, read_only=read_only, wait_seconds=wait_seconds)
    return _opened(database, views, failpoint, patience, mark if create else None)


def open_postgres(
    url: str,
    schema: str,
    views: Sequence[View],
    *,
    create: bool,
    read_only: bool = False,
    wait_seconds: float = 10.0,
    on_wait: Callable[[], None] | None = None,
    failpoint: Failpoint | None = None,
) -> SqlStore:
    """Open the book in a schema of a PostgreSQL database, or with `create` make a new one; as `open_sqlite` otherwise.

    `url`: ``postgresql://user@host/database``; a password may stand in PGPASSWORD or ~/.pgpass. Raises Refused
    GT-DB-050 where psycopg is not installed, NotFound GT-DB-006 or 025 (no such book or database), Refused 011 or
    029 (the schema holds something), Invalid 028 (no name for a schema), Unavailable 023 (no answer), Broken 024
    (not let in), 027 (rights are missing), 007 (another encoding), and for versions and views as `open_sqlite`.
    """
    check_driver()
    from adapters.sql.postgres import opening as postgres

    patience = Patience(on_wait)
    with patience.waiting():
        database = postgres.connect(
            url, schema, create=create, read_only=read_only, wait_seconds=wait_seconds
        )
    return _opened(
        database,
        views,
        failpoint,
        patience,
        (lambda cursor: postgres.mark(cursor, schema, database.book)) if create else None,
    )


def _opened(
    database: Database,
    views: Sequence[View],
    failpoint: Failpoint | None,
    patience: Patience,
    begin: Callable[[Any], None] | None,
) -> SqlStore:
    """A store on a database; `begin` marks the place of a new book before its tables are made."""
    try:
        if begin is not None:
            with database.writing as cursor:
                begin(cursor)
                create_log(cursor, database)
        with database.reading as cursor:
            standing = check_version(cursor, database)
            if not database.read_only:
                check_here(cursor, database.dialect)
        tables = {view.name: _table(cast(Hashable, view), database.dialect) for view in views}
        settle_views(database, tables, standing)
    except BaseException:
        database.close()
        raise
    return SqlStore(database, tables, failpoint, patience)


@lru_cache(maxsize=64)
def _table(view: Hashable, dialect: Dialect) -> ViewTable:
    """Shared by every book that keeps this very view, so that its statements are compiled once in a process."""
    return ViewTable(cast(View, view), dialect)
