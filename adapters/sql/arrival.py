"""A book that comes into an empty place: begun, filled in small transactions, compared, and only then a book.

Whatever interrupts it, the next one goes on where it was: events by their positions, everything else by walking
both sides, and the views by a note of how far they are filled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any

from adapters.sql.append import VIEWS
from adapters.sql.arrival_views import fill_views
from adapters.sql.carrying import PAGE, Ask, Carried, Odd, Row, anew, besides, events, odd_rows, portions
from adapters.sql.database import Database
from adapters.sql.keeping import Keeping
from adapters.sql.marks import ARRIVING, Arriving, forget, keep_arriving
from adapters.sql.opening import SCHEMA, create_log, told
from adapters.sql.schema import EVENTS, OUTBOX, VERSION
from adapters.sql.view_tables import ViewTable
from engine.custody import Watch
from engine.view import View
from events.errors import Broken, GoldenthreadError

_HEAD = "SELECT coalesce(max(position), 0) FROM events"
_UNFINISHED = "on its way"
_NONE: list[Row] = []


class Source:
    """One side as it is at a moment, asked through `ask`."""

    def __init__(self, database: Database, ask: Ask, page: int = PAGE) -> None:
        self.ask = ask
        self.events = events(database.dialect, page)
        self.besides = besides(database.dialect, page)

    def head(self) -> int:
        """The last position."""
        return int(self.ask(_HEAD, ())[0][0])

    def counts(self) -> dict[str, int]:
        """Table → rows, of what stands beside the log."""
        return {table.name: table.count(self.ask) for table in self.besides}

    def first(self) -> str:
        """The hash of the first event, in hex: which book it is; empty for a book without facts."""
        rows = self.ask("SELECT leaf FROM events ORDER BY position LIMIT 1", ())
        return bytes(rows[0][0]).hex() if rows else ""


class Arrival:
    """The place that a book comes into."""

    def __init__(
        self, database: Database, shown: str, views: Sequence[View], watch: Watch, page: int = PAGE
    ) -> None:
        self.database = database
        self._shown = shown
        self._dialect = database.dialect
        self._views = [ViewTable(view, database.dialect) for view in views]
        self._watch = watch
        self._here = Source(database, anew(database), page)
        self._page = page
        self.compared = hashlib.sha256()
        self._compared_until = 0

    def begin(self, book: Arriving, mark: Callable[[Any], None]) -> None:
        """Make the tables of an empty place that `mark` accepts; until the end it is no book."""
        with self.database.writing as cursor:
            mark(cursor)
            create_log(cursor, self.database)
            Keeping(self._dialect).set_meta(cursor, SCHEMA, _UNFINISHED)
            keep_arriving(cursor, self._dialect, book)

    def take(self, source: Source) -> None:
        """Bring everything that the source has and this place lacks."""
        total = source.head()
        for page in source.events.pages(source.ask, self._here.head()):
            with self.database.writing as cursor:
                self._here.events.add(cursor, page)
            self._watch("Carrying events", page[-1][0], total)
        for theirs, ours in zip(source.besides, self._here.besides, strict=True):
            self._take_table(source, theirs, ours)

    def _take_table(self, source: Source, theirs: Carried, ours: Carried) -> None:
        total, done = theirs.count(source.ask), 0
        for odd in portions(odd_rows(theirs.rows(source.ask), ours.rows(self._here.ask)), ours.page):
            new = [their for their, our in odd if their is not None and our is None]
            changed = [their for their, our in odd if their is not None and our is not None]
            if len(new) + len(changed) < len(odd) or (changed and ours.grows_only):
                wrong = next(pair for pair in odd if pair[0] is None or pair[1] is not None)
                raise self._differs(ours, wrong)
            with self.database.writing as cursor:
                ours.add(cursor, new)
                ours.put(cursor, changed)
            done += len(odd)
            self._watch(f"Carrying {ours.name}", done, total)

    def fill_views(self) -> None:
        """Fold into the views what they do not have yet."""
        fill_views(self.database, self._views, self._watch, self._page)

    def compare(self, source: Source) -> None:
        """Read both sides and refuse any difference: events not compared yet, and all that stands beside them."""
        total, after = source.head(), self._compared_until
        sides = (source.events.pages(source.ask, after), self._here.events.pages(self._here.ask, after))
        for theirs, ours in zip_longest(*sides, fillvalue=_NONE):
            self._same(self._here.events, theirs, ours)
            self.compared.update(b"".join([row[-1] for row in ours]))
            self._compared_until = ours[-1][0]
            self._watch("Comparing", self._compared_until, total)
        for table, own in zip(source.besides, self._here.besides, strict=True):
            both = (table.pages(source.ask), own.pages(self._here.ask))
            for theirs, ours in zip_longest(*both, fillvalue=_NONE):
                self._same(own, theirs, ours)

    def _same(self, table: Carried, theirs: list[Row], ours: list[Row]) -> None:
        if theirs != ours:
            raise self._differs(table, next(odd_rows(iter(theirs), iter(ours))))

    def counts(self) -> dict[str, int]:
        """Table → rows, of what stands beside the log."""
        return self._here.counts()

    def head(self) -> int:
        """The last position that is here."""
        return self._here.head()

    def finish(self) -> None:
        """From here on it is a book."""
        with self.database.writing as cursor:
            self.finish_in(cursor)
        self.analyse()

    def analyse(self) -> None:
        """Let PostgreSQL count what is in the tables, before the first question is asked of them."""
        if self._dialect.name == "postgresql":
            names = [EVENTS.name, *(table.name for table in self._here.besides)]
            names += [table.name for view in self._views for table in view.shape.tables]
            with self.database.reading as cursor:
                cursor.execute(f"ANALYZE {', '.join(names)}")

    def finish_in(self, cursor: Any) -> None:
        """The same within a block."""
        keeping = Keeping(self._dialect)
        if self._dialect.name == "postgresql":
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{OUTBOX.name}', 'id'), (SELECT max(id) FROM {OUTBOX.name}))"
            )
        keeping.set_meta(cursor, VIEWS, told([table.view for table in self._views]))
        keeping.set_meta(cursor, SCHEMA, str(VERSION))
        forget(cursor, self._dialect, ARRIVING)

    def _differs(self, table: Carried, odd: Odd) -> GoldenthreadError:
        theirs, ours = odd
        key = (theirs or ours or ("?",))[0]
        how = "is missing" if ours is None else "is one too many" if theirs is None else "is another"
        return Broken.of(
            "GT-DB-056",
            f"What arrived at {self._shown} is not what was sent: in the table {table.name}, the row {key} {how}.",
            "Bring the book to another, empty place; nothing was changed where it comes from.",
        )
