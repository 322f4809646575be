"""The one append path: a unit is checked, stamped, encoded, hashed and written under the append lock, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any

from msgspec.structs import astuple
from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.database import Cursor, Database
from adapters.sql.rows import Rows, Write
from adapters.sql.schema import BLOBS, COMMANDS, EVENTS, OUTBOX, TEXTS
from adapters.sql.stands import KEPT_VIEWS, Stands, end, last_correction, questions, stands
from adapters.sql.statements import Question, native
from adapters.sql.turns import FEW, Expected, ask_all, write_all, write_outright
from adapters.sql.view_tables import Standing, ViewTable
from engine import stamp
from engine.folding import touched
from engine.ports import CommandExists, CommandRow, Head, Unit
from events.codec import encode, leaf
from events.errors import Broken, NotFound
from events.fact import Fact
from events.schema import Event

VIEWS = "views"
"""The meta row that says which views the book keeps, and in which shape."""

_MANY = 64
"""From so many streams on, it is asked first whether the log ends where it did when they were read."""
_NO_ROWS: Standing = {}
_NOTHING_KNOWN: Mapping[str, Standing] = {}
_COMMAND = "SELECT * FROM commands WHERE command_id = ?"


class Append:
    """Writing units into one book; `views` is what its meta row must say for the tables to be the right ones."""

    def __init__(self, dialect: Dialect, tables: Collection[ViewTable], views: str) -> None:
        self.dialect = dialect
        self.tables = tables
        self.views = views
        self.events = Rows(EVENTS, dialect, placed=("position",), dated=True)
        self.commands = Rows(COMMANDS, dialect, placed=("first_position", "last_position"))
        self.texts = Rows(TEXTS, dialect, ("ref", "nonce", "text"), renewed=())
        self.blobs = Rows(BLOBS, dialect, renewed=())
        told = ("position", "recipient", "kind", "subject", "words")
        self.notices = Rows(OUTBOX, dialect, told, placed=told[:1])

    def check_views(self, cursor: Cursor) -> None:
        """Refuse to fold what another version keeps. Raises Broken GT-DB-008."""
        cursor.execute(KEPT_VIEWS)
        row = cursor.fetchone()
        self.check_kept(row and row[0])

    def check_kept(self, views: str | None) -> None:
        """The same, of what the meta row says."""
        if views != self.views:
            raise Broken.of(
                "GT-DB-008",
                "Another goldenthread has changed the tables or views of this book since it was opened: nothing was "
                "written.",
                "Start this one again, in the same version as the other.",
            )


class Commit:
    """One unit on its way. What needs no lock is done here, before there is one: facts as they will most likely stand,
    encoded and hashed, and which rows of views they bear on.
    """

    def __init__(self, append: Append, unit: Unit, wary: bool = False) -> None:
        self._append = append
        self._unit = unit
        self._streams = stamp.streams_of(unit)
        many = len(self._streams) == len(unit.read) >= _MANY and not _is_plain(unit)
        self.hopeful = many and unit.read_at is not None and not wary
        """Whether streams and commands are compared only where the log ends elsewhere than when they were read. That a command
        came in twice is then found out by its key."""
        self._after = unit.read_at.position if self.hopeful and unit.read_at else 0
        """Where the log will most likely end, or where positions are counted from."""
        self._expect(stamp.stamp(unit, self._after, unit.read, unit.now))
        self._standing: list[Standing] = []

    def check(self, cursor: Cursor) -> list[stamp.Facts]:
        """Check the unit against the book, and stamp it: the facts of each part, not written yet.

        Everything is asked in one turn, which begins when the lock is held; in two, where the log did not end as was hoped.
        """
        unit = self._unit
        if not (self.hopeful and self._asked(cursor, end(), unit.standing, unit.read_at)):
            self._asked(cursor, questions(unit, self._streams, self._append.dialect))
        return self._groups

    def _asked(
        self,
        cursor: Cursor,
        asking: list[Question],
        known: Mapping[str, Standing] = _NOTHING_KNOWN,
        ends_at: Head | None = None,
    ) -> bool:
        """Ask what the unit is checked against, and for the rows it bears on but for those that are known; False where the log
        does not end where it must for that."""
        asked = []
        for table, bearing in self._moving:
            rows = known.get(table.view.name, _NO_ROWS)
            asked.append(table.questions([key for key in bearing.keys if key not in rows]))
        answers = ask_all(cursor, self._append.dialect, [*asking, *chain.from_iterable(asked)])
        found = stands(chain.from_iterable(islice(answers, len(asking))))
        if ends_at not in (None, found.head):
            return False
        self._settle(cursor, found)
        self._stand(asked, answers, known)
        return True

    def write(self, cursor: Cursor, groups: Sequence[stamp.Facts]) -> None:
        """Write facts and commands, fold the views, and keep texts, blobs and notices."""
        write_all(cursor, self._append.dialect, self._writes(groups))

    def outright(
        self, database: Database, failpoint: Callable[[str], None] | None = None
    ) -> list[stamp.Facts] | None:
        """Do all that in one turn, in which the server gives out the positions; None where nothing was written.

        This can be done for one command of which is known what must stand in the book for nothing to be refused: rows of
        views are read before the lock is held, and stand as they did if their streams do. If anything else is found,
        nothing is written; then `check` finds out what it is, and `write` writes what may be written nevertheless.
        """
        if not _is_plain(self._unit) or any(table.shared for table, _ in self._moving):
            return None
        try:
            self._read_ahead(database)
        except (Broken, NotFound):  # somebody has changed the tables
            return None
        sent = None
        if failpoint is not None:
            failpoint("before append")
            sent = partial(failpoint, "in flight")
        now = self._unit.now
        expected = Expected(self._append.views, now, stamp.latest_head(now), self._unit.read)
        ended = write_outright(database, expected, self._writes(self._groups), sent)
        if ended is None:
            return None
        stamp.shift(self._groups, ended.position)
        if ended.recorded_at != now:
            stamp.date(self._groups, ended.recorded_at)
        return self._groups

    def _read_ahead(self, database: Database) -> None:
        if not self._moving:
            return
        asked = [table.questions(bearing.keys) for table, bearing in self._moving]
        with database.reading as cursor:
            answers = ask_all(cursor, self._append.dialect, list(chain.from_iterable(asked)))
            self._stand(asked, answers)

    def _stand(
        self,
        asked: Sequence[Sequence[Question]],
        answers: Iterator[list[Any]],
        known: Mapping[str, Standing] = _NOTHING_KNOWN,
    ) -> None:
        self._standing = []
        for (table, _), own in zip(self._moving, asked, strict=True):
            found = table.standing(chain.from_iterable(islice(answers, len(own))))
            self._standing.append({**known.get(table.view.name, _NO_ROWS), **found})

    def _writes(self, groups: Sequence[stamp.Facts]) -> list[Write]:
        append, unit = self._append, self._unit
        facts = [fact for together in groups for fact in together]
        writes = [
            Write(append.events, [_row(fact, body) for fact, body in zip(facts, self._bodies, strict=True)]),
            Write(append.commands, [astuple(row) for row in stamp.command_rows(unit, groups)]),
        ]
        for (table, bearing), standing in zip(self._moving, self._standing, strict=True):
            writes += table.writes(bearing, standing)
        if unit.texts:
            writes.append(Write(append.texts, [(text.ref, text.nonce, text.text) for text in unit.texts]))
        if unit.blobs:
            writes.append(Write(append.blobs, list(unit.blobs.items())))
        writes.append(Write(append.notices, _notices(unit, groups)))
        return writes

    def _expect(self, groups: list[stamp.Facts]) -> None:
        self._groups = groups
        self._bodies = [encode(fact) for facts in groups for fact in facts]
        tables = self._append.tables
        bearing = touched([table.view for table in tables], groups)
        self._moving = [pair for pair in zip(tables, bearing, strict=True) if pair[1].keys]

    def _settle(self, cursor: Cursor, found: Stands) -> None:
        """Refuse the unit, or give its facts their places."""
        append, unit = self._append, self._unit
        append.check_kept(found.views)
        for command_id in found.known:
            cursor.execute(native(_COMMAND, append.dialect), (command_id,))
            raise CommandExists(CommandRow(*cursor.fetchone()))
        versions = {**unit.read, **found.versions}
        stamp.check_read(unit, versions, found.head)
        recorded_at = stamp.recorded_time(found.head, unit, lambda: last_correction(cursor))
        if recorded_at == unit.now and len(self._streams) == len(unit.read):  # each was read
            further = found.head.position - self._after
            stamp.shift(self._groups, further)
            self._moving = [(table, bearing._replace(further=further)) for table, bearing in self._moving]
        else:
            self._expect(stamp.stamp(unit, found.head.position, versions, recorded_at))


def _is_plain(unit: Unit) -> bool:
    """Whether it is one command with a few facts, that read every stream it writes to, and asked for no log that rests."""
    parts = unit.parts
    if len(parts) != 1 or not 0 < len(parts[0].drafts) <= FEW or unit.unmoved is not None:
        return False
    return all(stream in unit.read for stream in stamp.streams_of(unit))


def _notices(unit: Unit, groups: Sequence[stamp.Facts]) -> list[tuple[object, ...]]:
    return [
        (facts[index].position, notice.to, notice.kind, notice.subject, notice.words)
        for part, facts in zip(unit.parts, groups, strict=True)
        for index, notice in part.notices
    ]


def _row(fact: Fact[Event], body: bytes) -> tuple[object, ...]:
    return (
        fact.position,
        fact.stream,
        fact.version,
        fact.type,
        fact.schema,
        fact.recorded_at,
        fact.effective_on.isoformat(),
        fact.actor,
        fact.command_id,
        fact.correlation_id,
        fact.caused_by,
        body,
        leaf(body),
    )
