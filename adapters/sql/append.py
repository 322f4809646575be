"""The one append path: a unit is checked, stamped, encoded, hashed and written under the append lock, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.database import Cursor
from adapters.sql.rows import Rows
from adapters.sql.schema import COMMANDS, EVENTS
from adapters.sql.statements import Keys, native, portions
from adapters.sql.view_tables import ViewTable
from engine import stamp
from engine.ports import CommandExists, CommandRow, Head, Unit
from events.codec import decode, encode, leaf
from events.errors import Broken
from events.fact import Fact
from events.instant import EARLIEST, Instant
from events.kinds.book import ClockCorrected
from events.schema import Event

VIEWS = "views"
"""The meta row that says which views the book keeps, and in which shape."""

_HEAD = "SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1"
_STANDING = (
    "SELECT 'views', value, 0 FROM meta WHERE name = 'views' "
    f"UNION ALL SELECT 'head', h.recorded_at, h.position FROM ({_HEAD}) AS h "
    "UNION ALL SELECT 'command', k.column1, (SELECT first_position FROM commands WHERE command_id = k.column1) FROM {commands} "
    "UNION ALL SELECT 'stream', k.column1, (SELECT max(version) FROM events WHERE stream = k.column1) FROM {streams}"
)
"""Everything a commit is checked against in one question, which begins when the append lock is held."""
_COMMAND = "SELECT * FROM commands WHERE command_id = ?"
_CORRECTED = (
    "SELECT position, type, schema_version, body FROM events WHERE type = 'clock.corrected' "
    "ORDER BY position DESC LIMIT 1"
)
_TEXT = "INSERT INTO texts (ref, nonce, text) VALUES (?, ?, ?) ON CONFLICT (ref) DO NOTHING"
_BLOB = "INSERT INTO blobs (digest, content) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING"
_NOTICE = "INSERT INTO outbox (position, recipient, kind, subject, words) VALUES (?, ?, ?, ?, ?)"


def read_head(cursor: Cursor) -> Head:
    """The end of the log."""
    cursor.execute(_HEAD)
    row = cursor.fetchone()
    return Head(*row) if row else Head(0, EARLIEST)


class Standing(NamedTuple):
    """What a commit is checked against: the views kept, the end of the log, commands known, versions of streams."""

    views: str | None
    head: Head
    known: list[str]
    versions: dict[str, int]


class Append:
    """Writing units into one book; `views` is what its meta row must say for the tables to be the right ones."""

    def __init__(self, dialect: Dialect, tables: Collection[ViewTable], views: str) -> None:
        self._dialect = dialect
        self._tables = tables
        self._views = views
        self._events = Rows(EVENTS, dialect)
        self._commands = Rows(COMMANDS, dialect)

    def prepare(self, cursor: Cursor, unit: Unit) -> list[stamp.Facts]:
        """Check a unit against the book, and stamp it: the facts of each part, not written yet."""
        now = self._standing(cursor, [part.command_id for part in unit.parts], stamp.streams_of(unit))
        self._check_views(now.views)
        for command_id in now.known:
            cursor.execute(native(_COMMAND, self._dialect), (command_id,))
            raise CommandExists(CommandRow(*cursor.fetchone()))
        stamp.check_read(unit, now.versions, now.head)
        recorded_at = stamp.recorded_time(now.head, unit, lambda: _last_correction(cursor))
        return stamp.stamp(unit, now.head.position, now.versions, recorded_at)

    def check_views(self, cursor: Cursor) -> None:
        """Refuse to fold what another version keeps. Raises Broken GT-DB-008."""
        self._check_views(self._standing(cursor, (), ()).views)

    def _check_views(self, kept: str | None) -> None:
        if kept != self._views:
            raise Broken.of(
                "GT-DB-008",
                "Another goldenthread has changed the tables or views of this book since it was opened: nothing was "
                "written.",
                "Start this one again, in the same version as the other.",
            )

    def write(self, cursor: Cursor, unit: Unit, groups: Sequence[stamp.Facts]) -> None:
        """Write facts and commands, fold the views, and keep texts, blobs and notices."""
        self._events.write(cursor, [_row(fact) for facts in groups for fact in facts])
        commands = [
            (row.command_id, row.request_digest, row.first_position, row.last_position)
            for row in stamp.command_rows(unit, groups)
        ]
        self._commands.write(cursor, commands)
        for table in self._tables:
            table.fold(cursor, groups)
        self._keep(cursor, unit, groups)

    def _standing(self, cursor: Cursor, command_ids: Sequence[str], streams: Sequence[str]) -> Standing:
        found: dict[str, list[tuple[str, int]]] = {"views": [], "head": [], "command": [], "stream": []}
        asked = zip_longest(_portions(command_ids, self._dialect), _portions(streams, self._dialect))
        nothing = next(_portions((), self._dialect))
        for commands, others in asked:
            some, more = commands or nothing, others or nothing
            sql = _asking(some.sql, more.sql, self._dialect)
            cursor.execute(sql, [*some.parameters, *more.parameters])
            for kind, words, number in cursor:
                found[kind].append((words, number))
        return Standing(
            views=found["views"][0][0] if found["views"] else None,
            head=Head(found["head"][0][1], Instant(found["head"][0][0]))
            if found["head"]
            else Head(0, EARLIEST),
            known=[command_id for command_id, first in found["command"] if first is not None],
            versions={stream: version for stream, version in found["stream"] if version},
        )

    def _keep(self, cursor: Cursor, unit: Unit, groups: Sequence[stamp.Facts]) -> None:
        texts = [(text.ref, text.nonce, text.text) for text in unit.texts]
        notices = [
            (facts[index].position, notice.to, notice.kind, notice.subject, notice.words)
            for part, facts in zip(unit.parts, groups, strict=True)
            for index, notice in part.notices
        ]
        self._many(cursor, _TEXT, texts)
        self._many(cursor, _BLOB, list(unit.blobs.items()))
        self._many(cursor, _NOTICE, notices)

    def _many(self, cursor: Cursor, sql: str, rows: Sequence[Sequence[object]]) -> None:
        if rows:
            cursor.executemany(native(sql, self._dialect), rows)


def _portions(names: Sequence[str], dialect: Dialect) -> Iterator[Keys]:
    return portions([(name,) for name in names], (str,), dialect)


@lru_cache(maxsize=64)
def _asking(commands: str, streams: str, dialect: Dialect) -> str:
    return native(_STANDING.format(commands=commands, streams=streams), dialect)


def _row(fact: Fact[Event]) -> tuple[object, ...]:
    body = encode(fact)
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
