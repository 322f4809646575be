"""A book in a SQL database: one SQLite file per council.

What is the same for every database stands in one file per noun; what differs is behind `database.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from adapters.sql.opening import check_version, create_log, settle_views
from adapters.sql.sqlite.opening import connect, mark
from adapters.sql.store import Failpoint, SqlStore
from adapters.sql.view_tables import ViewTable
from engine.view import View

__all__ = ["SqlStore", "open_sqlite"]


def open_sqlite(
    path: str | Path,
    views: Sequence[View],
    *,
    create: bool,
    read_only: bool = False,
    wait_seconds: float = 10.0,
    failpoint: Failpoint | None = None,
) -> SqlStore:
    """Open the book in a file, or with `create` make a new one; `views` are folded at every commit.

    Views that are new or have another shape are filled from the log, and those no longer named are dropped; a book
    opened for reading alone is left as it is. `wait_seconds`: how long to wait for another program to let go.
    Raises NotFound GT-DB-006 or 016 (no such file or folder), Refused GT-DB-011 or 018 (a new book where a file
    stands), and Broken for a newer book (001), one that is locked (002), read-only (003), something else (004), on
    a failing disk (005), on one that keeps weaker promises (007), damaged (012), or with other views (017).
    """
    database = connect(Path(path), create=create, read_only=read_only, wait_seconds=wait_seconds)
    try:
        if create:
            with database.writing as cursor:
                mark(cursor)
                create_log(cursor, database)
        with database.reading as cursor:
            check_version(cursor, database)
        tables = {view.name: ViewTable(view, database.dialect) for view in views}
        settle_views(database, tables)
    except BaseException:
        database.close()
        raise
    return SqlStore(database, tables, failpoint)
