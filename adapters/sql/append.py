"""The one append path: a unit is checked, stamped, encoded, hashed and written under the append lock, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property

from sqlalchemy import insert
from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.database import Cursor
from adapters.sql.schema import COMMANDS, EVENTS
from adapters.sql.statements import for_keys, native, portions, prepare
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
_VIEWS = "SELECT value FROM meta WHERE name = 'views'"
_KNOWN = "SELECT c.* FROM {keys} CROSS JOIN commands c WHERE c.command_id = k.column1"
_VERSIONS = "SELECT k.column1, (SELECT max(version) FROM events WHERE stream = k.column1) FROM {keys}"
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


class Append:
    """Writing units into one book; `views` is what its meta row must say for the tables to be the right ones."""

    def __init__(self, dialect: Dialect, tables: Collection[ViewTable], views: str) -> None:
        self._dialect = dialect
        self._tables = tables
        self._views = views

    def prepare(self, cursor: Cursor, unit: Unit) -> list[stamp.Facts]:
        """Check a unit against the book, and stamp it: the facts of each part, not written yet."""
        self._check_views(cursor)
        self._check_commands(cursor, unit)
        versions = self._versions(cursor, stamp.streams_of(unit))
        head = read_head(cursor)
        stamp.check_read(unit, versions, head)
        recorded_at = stamp.recorded_time(head, unit, lambda: _last_correction(cursor))
        return stamp.stamp(unit, head.position, versions, recorded_at)

    def write(self, cursor: Cursor, unit: Unit, groups: Sequence[stamp.Facts]) -> None:
        """Write facts and commands, fold the views, and keep texts, blobs and notices."""
        cursor.executemany(self._event, (_row(fact) for facts in groups for fact in facts))
        commands = [
            (row.command_id, row.request_digest, row.first_position, row.last_position)
            for row in stamp.command_rows(unit, groups)
        ]
        cursor.executemany(self._command, commands)
        for table in self._tables:
            table.fold(cursor, groups)
        self._keep(cursor, unit, groups)

    @cached_property
    def _event(self) -> str:
        return prepare(insert(EVENTS), self._dialect).sql

    @cached_property
    def _command(self) -> str:
        return prepare(insert(COMMANDS), self._dialect).sql

    def _check_views(self, cursor: Cursor) -> None:
        cursor.execute(_VIEWS)
        row = cursor.fetchone()
        if row is None or row[0] != self._views:
            raise Broken.of(
                "GT-DB-008",
                "Another goldenthread has changed the views of this book since it was opened: nothing was written.",
                "Start this one again, in the same version as the other.",
            )

    def _check_commands(self, cursor: Cursor, unit: Unit) -> None:
        for size, parameters in portions([(part.command_id,) for part in unit.parts]):
            cursor.execute(for_keys(_KNOWN, 1, size, self._dialect), parameters)
            known = cursor.fetchone()
            if known is not None:
                raise CommandExists(CommandRow(*known))

    def _versions(self, cursor: Cursor, streams: Sequence[str]) -> dict[str, int]:
        versions: dict[str, int] = {}
        for size, parameters in portions([(stream,) for stream in streams]):
            cursor.execute(for_keys(_VERSIONS, 1, size, self._dialect), parameters)
            versions.update((stream, version) for stream, version in cursor.fetchall() if version)
        return versions

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
