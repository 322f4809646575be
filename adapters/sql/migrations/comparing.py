"""What stands in a database against what must stand there: the same questions are asked of the live tables and of
tables made anew in a place that is gone afterwards, so that the database itself says what each of them is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from adapters.sql.database import Cursor, Database
from adapters.sql.view_tables import ViewTable


class Part(NamedTuple):
    """One thing that can be missing or different."""

    kind: str
    """``table``, ``column``, ``index`` …"""
    name: str
    """Of a column with its table: ``events.position``."""
    table: str
    """Whose it is."""


Shape = Mapping[Part, str]
"""Each part, and what the database says of it."""

ORDER = "order of columns in"
"""The kind of a part that says a table's columns in their order: rows are read by it."""


def compare(
    cursor: Cursor, database: Database, views: Iterable[ViewTable], passed_over: Collection[str]
) -> tuple[int, list[str]]:
    """How many tables must be there, and a sentence for each difference; runs in a snapshot.

    `passed_over`: tables that are left out, since they are known to be different.
    """
    if database.dialect.name == "sqlite":
        from adapters.sql.migrations import sqlite_shape as shapes
    else:
        from adapters.sql.migrations import postgres_shape as shapes  # type: ignore[no-redef]  # the same by name

    found = {part: said for part, said in shapes.live(cursor).items() if part.table not in passed_over}
    wanted = shapes.made_anew(cursor, database, views)
    return sum(part.kind == "table" for part in wanted), differences(found, wanted)


def differences(found: Shape, wanted: Shape) -> list[str]:
    """A sentence for each part that is missing, different, or not ours; a table's parts are told with it."""
    return [
        sentence for part in sorted({*found, *wanted}) if (sentence := _difference(part, found, wanted)) != ""
    ]


def _difference(part: Part, found: Shape, wanted: Shape) -> str:
    said, must = found.get(part), wanted.get(part)
    whole = Part("table", part.table, part.table)
    if said == must or (part != whole and (whole in wanted) != (whole in found)):
        return ""
    if part.kind == ORDER and said and must and sorted(said.split(", ")) != sorted(must.split(", ")):
        return ""  # a column that is missing is told as such
    named = f"The {part.kind} {part.name}"
    if said is None:
        return f"{named} is missing."
    if must is None:
        return f"{named} is not one that goldenthread made."
    return f"{named} is '{said}' and must be '{must}'."
