"""A book's tables: made when it is created, checked when it is opened, its views brought in line with the code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import MetaData, Table
from sqlalchemy.schema import DropTable

from adapters.sql.append import VIEWS
from adapters.sql.database import Cursor, Database, create_table
from adapters.sql.keeping import Keeping
from adapters.sql.reading import Reading
from adapters.sql.rebuild import make_anew
from adapters.sql.schema import APPEND_ONLY, LOG, VERSION, definition
from adapters.sql.view_tables import ViewTable
from engine.view import View
from events.errors import Broken

SCHEMA = "schema"
"""The meta row that says which version of the tables a book has."""


def told(views: Sequence[View]) -> str:
    """What the meta row says of these views: name → digest of the shape."""
    return msgspec.json.encode({view.name: definition(view) for view in views}, order="sorted").decode()


def create_log(cursor: Cursor, database: Database) -> None:
    """Make the tables of an empty book, with no view yet."""
    for table in LOG.sorted_tables:
        create_table(cursor, table, database.dialect)
    for name in APPEND_ONLY:
        for statement in database.append_only(name):
            cursor.execute(statement)
    keeping = Keeping(database.dialect)
    keeping.set_meta(cursor, SCHEMA, str(VERSION))
    keeping.set_meta(cursor, VIEWS, told(()))


def check_version(cursor: Cursor, database: Database) -> None:
    """Refuse a book whose tables are newer than this code. Raises Broken GT-DB-001."""
    found = Keeping(database.dialect).get_meta(cursor, SCHEMA)
    if found is None or int(found) > VERSION:
        raise Broken.of(
            "GT-DB-001",
            f"This book was written by a newer goldenthread: its tables are of version {found}, "
            f"and this program knows version {VERSION}.",
            "Install the goldenthread that wrote it, or a later one, and open it with that.",
        )


def settle_views(database: Database, tables: Mapping[str, ViewTable]) -> None:
    """Drop the tables of views no longer kept, and fill those that are new or have another shape.

    A book opened for reading alone is left as it is; a view asked for must be there. Raises Broken GT-DB-017.
    """
    wanted = msgspec.json.decode(told([table.view for table in tables.values()]), type=dict[str, str])
    keeping = Keeping(database.dialect)
    with database.reading as cursor:
        kept = _kept(cursor, keeping)
    if database.read_only:
        if any(kept.get(name) != digest for name, digest in wanted.items()):
            raise Broken.of(
                "GT-DB-017",
                "The views of this book were made by another version of goldenthread.",
                "Run 'goldenthread db rebuild' once with this version: it fills them again from the log.",
            )
    elif kept != wanted:
        with database.writing as cursor:
            kept = _kept(cursor, keeping)
            for name in kept.keys() - wanted.keys():
                dropped = DropTable(Table(name, MetaData()), if_exists=True)
                cursor.execute(str(dropped.compile(dialect=database.dialect)))
            anew = [table for name, table in tables.items() if kept.get(name) != wanted[name]]
            make_anew(cursor, Reading(database.dialect), anew)
            database.tables_made(cursor)
            keeping.set_meta(cursor, VIEWS, told([table.view for table in tables.values()]))


def _kept(cursor: Cursor, keeping: Keeping) -> dict[str, str]:
    return msgspec.json.decode(keeping.get_meta(cursor, VIEWS) or "{}", type=dict[str, str])
