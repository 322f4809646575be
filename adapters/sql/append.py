"""The one append path: a unit is checked, stamped, encoded, hashed and written under the append lock, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain, islice, zip_longest
from typing import Any, NamedTuple

from msgspec.structs import astuple
from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.database import Cursor, Database
from adapters.sql.rows import Rows, Write
from adapters.sql.schema import BLOBS, COMMANDS, EVENTS, OUTBOX, TEXTS
from adapters.sql.statements import Keys, Question, name_portions, native, portions
from adapters.sql.turns import FEW, Expected, ask_all, write_all, write_outright
from adapters.sql.view_tables import Standing, ViewTable
from engine import stamp
from engine.folding import touched
from engine.ports import CommandExists, CommandRow, Head, Unit
from events.codec import decode, encode, leaf
from events.errors import Broken, NotFound
from events.fact import Fact
from events.instant import EARLIEST, Instant
from events.kinds.book import ClockCorrected
from events.schema import Event

VIEWS = "views"
"""The meta row that says which views the book keeps, and in which shape."""

_HEAD = "SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1"
_VIEWS = "SELECT value FROM meta WHERE name = 'views'"
_END = (
    f"SELECT 'views', v.value, 0 FROM ({_VIEWS}) AS v "
    f"UNION ALL SELECT 'head', h.recorded_at, h.position FROM ({_HEAD}) AS h"
)
_STANDING = (
    f"{_END} "
    "UNION ALL SELECT 'command', c.id, c.first FROM (SELECT k.column1 AS id, "
    "(SELECT first_position FROM commands WHERE command_id = k.column1) AS first FROM {commands}) AS c "
    "WHERE c.first IS NOT NULL "
    "UNION ALL SELECT 'stream', s.name, s.version FROM (SELECT k.column1 AS name, k.column2 AS expected, "
    "coalesce((SELECT max(version) FROM events WHERE stream = k.column1), 0) AS version FROM {streams}) AS s "
    "WHERE s.version <> s.expected"
)
"""Everything a commit is checked against in one question, which begins when the append lock is held: of commands those that
are known, of streams those that have another version than the expected one."""
_MANY = 64
"""From so many streams on, it is asked first whether the log ends where it did when they were read."""
NO_ROWS: Standing = {}
NOTHING_KNOWN: Mapping[str, Standing] = {}
_NO_VERSION = -1
"""What is expected of a stream whose version is asked for, whatever it is."""
_COMMAND = "SELECT * FROM commands WHERE command_id = ?"
_CORRECTED = (
    "SELECT position, type, schema_version, body FROM events WHERE type = 'clock.corrected' "
    "ORDER BY position DESC LIMIT 1"
)


def read_head(cursor: Cursor) -> Head:
    """The end of the log."""
    cursor.execute(_HEAD)
    row = cursor.fetchone()
    return Head(*row) if row else Head(0, EARLIEST)


class Stands(NamedTuple):
    """What a commit is checked against: the views kept, the end of the log, commands known, streams that are not as expected."""

    views: str | None
    head: Head
    known: list[str]
    versions: dict[str, int]


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
        cursor.execute(_VIEWS)
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
        """Whether streams and commands are compared only where the log ends elsewhere than when they were read. That a command of
        no facts came in twice is then found out by its key."""
        self._after = unit.read_at if self.hopeful and unit.read_at else 0
        """Where the log will most likely end, or where positions are counted from."""
        self._expect(stamp.stamp(unit, self._after, unit.read, unit.now))
        self._standing: list[Standing] = []

    def check(self, cursor: Cursor) -> list[stamp.Facts]:
        """Check the unit against the book, and stamp it: the facts of each part, not written yet.

        Everything is asked in one turn, which begins when the lock is held; in two, where the log did not end as was hoped.
        """
        unit = self._unit
        if not (self.hopeful and self._asked(cursor, [Question(_END, ())], unit.standing, unit.read_at)):
            self._asked(cursor, self._questions())
        return self._groups

    def _asked(
        self,
        cursor: Cursor,
        questions: list[Question],
        known: Mapping[str, Standing] = NOTHING_KNOWN,
        ends_at: int | None = None,
    ) -> bool:
        """Ask what the unit is checked against, and for the rows it bears on but for those that are known; False where the log
        does not end where it must for that."""
        asked = []
        for table, bearing in self._moving:
            rows = known.get(table.view.name, NO_ROWS)
            asked.append(table.questions([key for key in bearing.keys if key not in rows]))
        answers = ask_all(cursor, self._append.dialect, [*questions, *chain.from_iterable(asked)])
        stands = _stands(chain.from_iterable(islice(answers, len(questions))))
        if ends_at not in (None, stands.head.position):
            return False
        self._settle(cursor, stands)
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
        known: Mapping[str, Standing] = NOTHING_KNOWN,
    ) -> None:
        self._standing = []
        for (table, _), own in zip(self._moving, asked, strict=True):
            found = table.standing(chain.from_iterable(islice(answers, len(own))))
            self._standing.append({**known.get(table.view.name, NO_ROWS), **found})

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

    def _questions(self) -> list[Question]:
        """What everything is checked against, as few questions as there can be."""
        dialect, unit = self._append.dialect, self._unit
        commands = name_portions([part.command_id for part in unit.parts], dialect)
        expected = [(stream, unit.read.get(stream, _NO_VERSION)) for stream in self._streams]
        streams = list(portions(expected, (str, int), dialect))
        no_command, no_stream = name_portions((), dialect)[0], next(portions((), (str, int), dialect))
        return [
            _question(some or no_command, more or no_stream, dialect)
            for some, more in zip_longest(commands, streams)
        ]

    def _settle(self, cursor: Cursor, stands: Stands) -> None:
        """Refuse the unit, or give its facts their places."""
        append, unit = self._append, self._unit
        append.check_kept(stands.views)
        for command_id in stands.known:
            cursor.execute(native(_COMMAND, append.dialect), (command_id,))
            raise CommandExists(CommandRow(*cursor.fetchone()))
        versions = {**unit.read, **stands.versions}
        stamp.check_read(unit, versions, stands.head)
        recorded_at = stamp.recorded_time(stands.head, unit, lambda: _last_correction(cursor))
        if recorded_at == unit.now and len(self._streams) == len(unit.read):  # each was read
            further = stands.head.position - self._after
            stamp.shift(self._groups, further)
            self._moving = [(table, bearing._replace(further=further)) for table, bearing in self._moving]
        else:
            self._expect(stamp.stamp(unit, stands.head.position, versions, recorded_at))


def _is_plain(unit: Unit) -> bool:
    """Whether it is one command with a few facts, that read every stream it writes to, and asked for no log that rests."""
    parts = unit.parts
    if len(parts) != 1 or not 0 < len(parts[0].drafts) <= FEW or unit.unmoved is not None:
        return False
    return all(stream in unit.read for stream in stamp.streams_of(unit))


def _stands(rows: Iterable[tuple[str, str, int | None]]) -> Stands:
    views, head, known, versions = None, Head(0, EARLIEST), [], {}
    for kind, words, number in rows:
        if kind == "stream":
            versions[words] = number or 0
        elif kind == "command":
            known.append(words)
        elif kind == "views":
            views = words
        else:
            head = Head(number or 0, Instant(words))
    return Stands(views, head, known, versions)


def _notices(unit: Unit, groups: Sequence[stamp.Facts]) -> list[tuple[object, ...]]:
    return [
        (facts[index].position, notice.to, notice.kind, notice.subject, notice.words)
        for part, facts in zip(unit.parts, groups, strict=True)
        for index, notice in part.notices
    ]


def _question(commands: Keys, streams: Keys, dialect: Dialect) -> Question:
    return Question(_asking(commands.sql, streams.sql, dialect), [*commands.parameters, *streams.parameters])


@lru_cache(maxsize=64)
def _asking(commands: str, streams: str, dialect: Dialect) -> str:
    return native(_STANDING.format(commands=commands, streams=streams), dialect)


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


def _last_correction(cursor: Cursor) -> Instant | None:
    cursor.execute(_CORRECTED)
    row = cursor.fetchone()
    event = decode(*row).event if row else None
    return event.head_was if isinstance(event, ClockCorrected) else None
