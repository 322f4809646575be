"""The views of a book on its way in: filled from the log that has arrived, and further as more of it arrives."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from adapters.sql.database import Cursor, Database
from adapters.sql.marks import Arriving, arriving, keep_arriving
from adapters.sql.opening import told
from adapters.sql.reading import Reading
from adapters.sql.view_tables import ViewTable
from engine.custody import Watch
from engine.folding import batches, by_command
from events.fact import Fact
from events.schema import Event

_BATCH = 1_000
_LAST = "SELECT coalesce(max(position), 0) FROM events"


def fill_views(database: Database, tables: Sequence[ViewTable], watch: Watch, page: int) -> None:
    """Fold what the views do not have yet, in small transactions; goes on where an earlier one stopped."""
    shapes = told([table.view for table in tables])
    reading = Reading(database.dialect)
    with database.writing as cursor:
        book = _book(cursor, database)
        if book.views != shapes:
            _make(cursor, tables)
            book = replace(book, views=shapes, views_until=0)
            keep_arriving(cursor, database.dialect, book)
        cursor.execute(_LAST)
        total = int(cursor.fetchone()[0])
    while book.views_until < total:
        with database.writing as cursor:
            facts = _whole_commands(reading, cursor, book.views_until, page)
            for batch in batches(by_command(facts), _BATCH):
                for table in tables:
                    table.fold(cursor, batch)
            book = replace(book, views_until=facts[-1].position)
            keep_arriving(cursor, database.dialect, book)
        watch("Filling the views", book.views_until, total)


def _book(cursor: Cursor, database: Database) -> Arriving:
    book = arriving(cursor, database.dialect)
    assert book is not None, "views are filled before the book is finished"
    return book


def _make(cursor: Cursor, tables: Sequence[ViewTable]) -> None:
    for table in tables:
        table.drop(cursor)
        table.create(cursor)


def _whole_commands(reading: Reading, cursor: Cursor, after: int, limit: int) -> list[Fact[Event]]:
    """The next facts, without a last command that may go on beyond them."""
    while True:
        facts = reading.page(cursor, after, limit, None)
        if len(facts) < limit:
            return facts
        last = facts[-1].command_id
        whole = [fact for fact in facts if fact.command_id != last]
        if whole:
            return whole
        limit *= 2
