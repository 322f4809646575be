"""A book's tables: made when it is created, checked when it is opened, its views brought in line with the code.

Opening compares one stored version with a constant; `migrations/` brings an older book to this version, and is not
imported here. The row of the views names that version too, and every commit looks at it: a program that opened the
book before somebody upgraded it writes nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import msgspec
from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.append import VIEWS
from adapters.sql.database import Cursor, Database, create_table
from adapters.sql.keeping import Keeping
from adapters.sql.lost_tables import lacking, lost, tables_standing
from adapters.sql.marks import check_whole
from adapters.sql.migrations.ownership import act_as_owner, check_owner
from adapters.sql.reading import Reading
from adapters.sql.rebuild import make_anew
from adapters.sql.schema import APPEND_ONLY, LOG, META, VERSION, definition
from adapters.sql.view_tables import ViewTable, drop_tables
from engine.ports import Progress
from engine.view import View
from events.errors import Broken, GoldenthreadError, Refused

SCHEMA = "schema"
"""The meta row that says which version of the tables a book has: the one place where that stands."""

_TABLES = "(tables)"
"""Stands for the version of the tables among the views; no view can be called so."""
_VERSION = re.compile(r"[1-9][0-9]{0,8}")


def told(views: Sequence[View]) -> str:
    """What the meta row of the views says: the version of the tables, and name → digest of the shape."""
    shapes = {_TABLES: str(VERSION)} | {view.name: definition(view) for view in views}
    return msgspec.json.encode(shapes, order="sorted").decode()


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


def version_of(cursor: Cursor, database: Database, standing: Collection[str]) -> int:
    """The version of a book's tables; `standing`: those that are there.

    Raises Broken GT-DB-031 where none is written, 222 where the table is missing in which it stands, Unavailable 054
    for a book on its way in.
    """
    if META.name not in standing:
        raise lacking(database.book, lost(VERSION, standing))
    written = Keeping(database.dialect).get_meta(cursor, SCHEMA)
    if written is None or not _VERSION.fullmatch(written):
        check_whole(cursor, database.dialect)
        raise Broken.of(
            "GT-DB-031",
            "The book does not say which version its tables are of"
            + ("." if written is None else f": where a number must stand, there is '{written[:40]}'."),
            "Copy the book away as it is, and restore the last backup that passes 'goldenthread audit verify'.",
        )
    return int(written)


def check_version(cursor: Cursor, database: Database) -> set[str]:
    """Refuse a book whose tables are of another version, or missing; answers which stand, views' included.

    Raises Broken GT-DB-001, 031 or 222, Refused 030.
    """
    standing = tables_standing(cursor, database.dialect)
    found = checked_version(cursor, database, standing)
    if found < VERSION:
        raise Refused.of(
            "GT-DB-030",
            f"The tables of this book are of version {found}, and this program works with version {VERSION}.",
            "Run 'goldenthread db migrate': it brings the book to this version, or leaves it as it is.",
        )
    return standing


def checked_version(cursor: Cursor, database: Database, standing: Collection[str]) -> int:
    """The version of a book whose tables are all there, not newer than this program's. Raises Broken GT-DB-001, 031 or 222."""
    found = version_of(cursor, database, standing)
    if found > VERSION:
        raise newer(found)
    # another program may have brought it to a newer version since it was asked what stands
    if lost(found, standing) and (names := lost(found, tables_standing(cursor, database.dialect))):
        raise lacking(database.book, names)
    return found


def newer(found: int) -> GoldenthreadError:
    """The tables are of a version that this program does not know."""
    return Broken.of(
        "GT-DB-001",
        f"This book was written by a newer goldenthread: its tables are of version {found}, "
        f"and this program knows version {VERSION}.",
        "Install the goldenthread that wrote it, or a later one, and open it with that.",
    )


def settle_views(database: Database, tables: Mapping[str, ViewTable], standing: Collection[str]) -> None:
    """Drop the tables of views no longer kept, and fill those that are new, have another shape, or are not `standing`.

    A book opened for reading alone is left as it is; a view asked for must be there. Raises Broken GT-DB-017 or 222,
    and Refused GT-DB-033 where the tables belong to somebody else.
    """
    wanted = told([table.view for table in tables.values()])
    with database.reading as cursor:
        if Keeping(database.dialect).get_meta(cursor, VIEWS) == wanted and not gone(tables, standing):
            return
        kept = kept_views(cursor, database.dialect)
        standing = tables_standing(cursor, database.dialect)  # others may have made them since
        wanting = views_wanting(kept, tables, standing)
        if not database.read_only and (wanting or kept.keys() - tables.keys()):
            check_owner(cursor, database.dialect, "GT-DB-033")
    if not database.read_only:
        with database.writing as cursor:
            settle(cursor, database, tables)
    elif views_behind(kept, tables):
        raise Broken.of(
            "GT-DB-017",
            "The views of this book were made by another version of goldenthread.",
            "Run 'goldenthread db migrate' once with this version: it fills them again from the log.",
        )
    elif wanting:
        raise lacking(database.book, gone(tables, standing))


def settle(
    cursor: Cursor, database: Database, tables: Mapping[str, ViewTable], progress: Progress | None = None
) -> None:
    """Bring views in line, in a writing block."""
    dialect = database.dialect
    kept = kept_views(cursor, dialect)
    wanting = views_wanting(kept, tables, tables_standing(cursor, dialect))
    dropped = kept.keys() - tables.keys()
    if wanting or dropped:
        act_as_owner(cursor, dialect)
    for name in sorted(dropped):
        drop_tables(cursor, name, dialect)
    if wanting:
        make_anew(cursor, Reading(dialect), [tables[name] for name in wanting], progress)
        database.tables_made(cursor)
    Keeping(dialect).set_meta(cursor, VIEWS, told([table.view for table in tables.values()]))


def views_behind(kept: Mapping[str, str], tables: Mapping[str, ViewTable]) -> list[str]:
    """The views asked for that a book does not keep, or keeps in another shape."""
    return [name for name, table in tables.items() if kept.get(name) != definition(table.view)]


def views_wanting(
    kept: Mapping[str, str], tables: Mapping[str, ViewTable], standing: Collection[str]
) -> list[str]:
    """The views to be filled: those behind, and those of which a table is not `standing`."""
    behind = views_behind(kept, tables)
    return [name for name in tables if name in behind or gone({name: tables[name]}, standing)]


def gone(tables: Mapping[str, ViewTable], standing: Collection[str]) -> list[str]:
    """The tables of views that are not `standing`."""
    shapes = [shape for table in tables.values() for shape in table.shape.tables]
    return [shape.name for shape in shapes if shape.name not in standing]


def kept_views(cursor: Cursor, dialect: Dialect) -> dict[str, str]:
    """View → digest of the shape it is kept in; none where that cannot be read, so that all are filled again."""
    written = Keeping(dialect).get_meta(cursor, VIEWS) or "{}"
    try:
        kept = msgspec.json.decode(written, type=dict[str, str])
    except msgspec.DecodeError:
        return {}
    kept.pop(_TABLES, None)
    return kept
