"""Moving a book from its file to PostgreSQL: while others work, then the rest under the lock, then the file is closed.

1. The tables are made in an empty schema, marked as a book on its way in: nobody can open it.
2. Everything is carried from a snapshot, compared row by row, the views are filled there, and the record is
   verified there; meanwhile the file may grow, and is carried again until little is left.
3. Under the append lock of the file: the rest is carried and compared, and the file is marked as moved.
4. The mark of step 1 is taken away. Interrupted anywhere, the same command goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from secrets import token_hex

from adapters.sql.arrival import Arrival, Source
from adapters.sql.carrying import PAGE, anew, within
from adapters.sql.database import Cursor
from adapters.sql.marks import Arriving, Departed, arriving, depart, departed, moved_away
from adapters.sql.opening import check_version, create_log
from adapters.sql.postgres.connection import PostgresDatabase
from adapters.sql.postgres.opening import mark
from adapters.sql.sqlite.connection import SqliteDatabase
from adapters.sql.store import SqlStore
from engine.audit.verify import verify
from engine.custody import Moved, Watch
from engine.view import View
from events.errors import Broken, GoldenthreadError, Problem, Refused, Unavailable
from events.instant import Instant

COMMAND = "to-postgres"
FEW = 1_000
"""So few events are left to the last step, while nobody can write."""
MOST_TIMES = 5
"""A file that grows faster than it is carried is locked after so many rounds."""


def move(
    source: SqliteDatabase,
    target: PostgresDatabase,
    views: Sequence[View],
    *,
    now: Instant,
    watch: Watch,
    dry_run: bool = False,
    page: int = PAGE,
) -> Moved:
    """Move the book, or go on with a move that was interrupted; a dry run only looks, and leaves nothing behind.

    Raises Refused GT-DB-011, 029 or 055 where the schema holds something else, 053 where the book has gone elsewhere,
    057 where there is nothing to move, Broken 056 or 058 where what arrived is not a sound book, and whatever the two
    databases cannot do, with 065 besides, which says that the same command goes on.
    """
    with target.alone("arrival") as first:
        if not first:
            raise busy(target.book)
        return _Move(source, target, views, now, watch, page).run(dry_run)


class _Move:
    def __init__(
        self,
        source: SqliteDatabase,
        target: PostgresDatabase,
        views: Sequence[View],
        now: Instant,
        watch: Watch,
        page: int,
    ) -> None:
        self._source = source
        self._target = target
        self._now = now
        self._watch = watch
        self._page = page
        self._arrival = Arrival(target, target.book, views, watch, page)
        self._book = Arriving(by=COMMAND, source=source.path, first="")

    def run(self, dry_run: bool) -> Moved:
        with self._source.snapshot as cursor:
            check_version(cursor, self._source)
            there = self._there(cursor)
            ticket = token_hex(8)
            self._book = Arriving(by=COMMAND, source=self._source.path, first=there.first(), ticket=ticket)
            gone = departed(cursor, self._source.dialect)
            events, rows = there.head(), there.counts()
        if not events:
            raise Refused.of(
                "GT-DB-057",
                f"The book {self._source.path} holds no event: there is nothing to move.",
                "Name its new place in goldenthread.toml, and open it there with 'goldenthread init'.",
            )
        state = self._look(gone)
        found = self._arrival.head() if state == "begun" else 0
        if state == "whole":
            return self._told(found=events, already=True)
        if dry_run:
            self._rehearse(state)
            return self._told(events=events, rows=rows, found=found)
        with self._resumable(events):
            self._carry(state)
            return self._told(found=found, fingerprint=self._arrival.compared.hexdigest())

    def _there(self, cursor: Cursor) -> Source:
        return Source(self._source, within(cursor), self._page)

    def _look(self, gone: Departed | None) -> str:
        """What stands at the target: nothing yet (``empty``), this book half-way (``begun``) or moved (``whole``)."""
        with self._target.reading as cursor:
            cursor.execute("SELECT to_regclass('meta') IS NOT NULL AND to_regclass('events') IS NOT NULL")
            there = bool((cursor.fetchone() or (False,))[0])
            book = arriving(cursor, self._target.dialect) if there else None
        if book is not None:
            if (book.by, book.first) != (COMMAND, self._book.first):
                raise other_book(self._target.book, book.source)
            self._book = book
            self._check_gone_there(gone)
            return "begun"
        if gone is None:
            return "empty"  # or another book, which `mark` refuses
        if there and self._is_what_went(gone):
            return "whole"
        raise moved_away(gone.to)

    def _is_what_went(self, gone: Departed) -> bool:
        """Whether the book that stands in the schema is the one that the file's went to, and no older copy of it."""
        there = Source(self._target, anew(self._target))
        named = gone.to.endswith(f", schema {self._target.schema}")  # a server may be named in several ways
        return named and there.first() == self._book.first and there.head() >= gone.position

    def _check_gone_there(self, gone: Departed | None) -> None:
        """Refuse to make a second book of a file that another move has closed. Raises Refused GT-DB-053."""
        if gone is not None and gone.ticket != self._book.ticket:
            raise moved_away(gone.to)

    def _departed(self, position: int) -> Departed:
        return Departed(to=self._target.book, at=self._now, position=position, ticket=self._book.ticket)

    def _rehearse(self, state: str) -> None:
        if state == "empty":
            with self._target.snapshot as cursor:  # rolled back at its end
                mark(cursor, self._target.schema, self._target.book)
                create_log(cursor, self._target)

    def _carry(self, state: str) -> None:
        arrival = self._arrival
        if state == "empty":
            arrival.begin(self._book, lambda cursor: mark(cursor, self._target.schema, self._target.book))
        for _ in range(MOST_TIMES):
            with self._source.snapshot as cursor:
                self._bring(self._there(cursor))
            if Source(self._source, anew(self._source)).head() - arrival.head() <= FEW:
                break
        self._verify()
        with self._source.writing as cursor:
            there = self._there(cursor)
            self._bring(there)
            gone = departed(cursor, self._source.dialect)
            self._check_gone_there(gone)  # another move of this file may have been faster
            if gone is None:
                depart(cursor, self._source.dialect, self._departed(there.head()))
            self._watch("Closing the file", 0, 1)
        self._watch("Closing the file", 1, 1)
        arrival.finish()

    def _bring(self, there: Source) -> None:
        self._arrival.take(there)
        self._arrival.compare(there)
        self._arrival.fill_views()

    def _verify(self) -> None:
        found = verify(SqlStore(self._target, {}), lambda done, total: self._watch("Verifying", done, total))
        if found.first_fault is not None:
            raise faulty(self._source.path, found.count, found.first_fault.sentence)

    @contextmanager
    def _resumable(self, events: int) -> Iterator[None]:
        """Say besides what went wrong that nothing is lost."""
        try:
            yield
        except Unavailable as error:
            raise Unavailable(*error.problems, unfinished(self._target.book, events)) from error

    def _told(
        self,
        *,
        events: int = 0,
        rows: dict[str, int] | None = None,
        found: int = 0,
        fingerprint: str = "",
        already: bool = False,
    ) -> Moved:
        return Moved(
            source=self._source.path,
            target=self._target.book,
            events=events or self._arrival.head(),
            rows=self._arrival.counts() if rows is None else rows,
            found=found,
            fingerprint=fingerprint,
            already=already,
        )


def busy(target: str) -> GoldenthreadError:
    """Two at the same schema."""
    return Unavailable.of(
        "GT-DB-059", f"Another program is bringing a book to {target}.", "Wait until it is done."
    )


def other_book(target: str, source: str) -> GoldenthreadError:
    """The schema is half filled with something else."""
    return Refused.of(
        "GT-DB-055",
        f"Another book is on its way to {target}, from {source}.",
        "Finish that one first, or name another schema with --schema.",
    )


def faulty(source: str, count: int, first: str) -> GoldenthreadError:
    """Verifying found something."""
    faults = "a fault" if count == 1 else f"{count} faults, the first"
    return Broken.of(
        "GT-DB-058",
        f"The book {source} has {faults}, so it was not moved: {first}",
        "See all of them with 'goldenthread audit verify'.",
    )


def unfinished(target: str, events: int) -> Problem:
    """What is told besides whatever interrupted a move."""
    return Problem(
        code="GT-DB-065",
        sentence=f"The move to {target} is not finished; all {events} events stand where they stood.",
        fix="Run the same command again: it goes on where it was.",
    )
