"""What a commit is checked against: everything is asked in one question, which begins when the append lock is held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from sqlalchemy.engine.interfaces import Dialect

from adapters.sql.database import Cursor
from adapters.sql.statements import Keys, Question, name_portions, native, portions
from engine.ports import Head, Unit
from events.codec import decode
from events.instant import EARLIEST, Instant
from events.kinds.book import ClockCorrected

_HEAD = "SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1"
KEPT_VIEWS = "SELECT value FROM meta WHERE name = 'views'"
_END = (
    f"SELECT 'views', v.value, 0 FROM ({KEPT_VIEWS}) AS v "
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
"""Of commands those that are known, of streams those that have another version than the expected one."""
_NO_VERSION = -1
"""What is expected of a stream whose version is asked for, whatever it is."""
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


def end() -> list[Question]:
    """What to ask for the views and the end of the log alone."""
    return [Question(_END, ())]


def questions(unit: Unit, streams: Sequence[str], dialect: Dialect) -> list[Question]:
    """What to ask for everything, as few questions as there can be."""
    commands = name_portions([part.command_id for part in unit.parts], dialect)
    expected = [(stream, unit.read.get(stream, _NO_VERSION)) for stream in streams]
    versions = list(portions(expected, (str, int), dialect))
    no_command, no_stream = name_portions((), dialect)[0], next(portions((), (str, int), dialect))
    return [
        _question(some or no_command, more or no_stream, dialect)
        for some, more in zip_longest(commands, versions)
    ]


def stands(rows: Iterable[tuple[str, str, int | None]]) -> Stands:
    """What the answers say."""
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


def _question(commands: Keys, streams: Keys, dialect: Dialect) -> Question:
    return Question(_asking(commands.sql, streams.sql, dialect), [*commands.parameters, *streams.parameters])


@lru_cache(maxsize=64)
def _asking(commands: str, streams: str, dialect: Dialect) -> str:
    return native(_STANDING.format(commands=commands, streams=streams), dialect)


def last_correction(cursor: Cursor) -> Instant | None:
    """The head that the last correction of the clock owned up to."""
    cursor.execute(_CORRECTED)
    row = cursor.fetchone()
    event = decode(*row).event if row else None
    return event.head_was if isinstance(event, ClockCorrected) else None
