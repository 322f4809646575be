"""Reading the log: by position, by stream, by what it is about; as facts, or as rows exactly as stored."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import starmap
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Select,
    TextClause,
    bindparam,
    func,
    literal_column,
    select,
)
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.elements import ColumnElement

from adapters.sql.database import Cursor
from adapters.sql.schema import BEGINNINGS, COMMANDS, ELSEWHERE, EVENTS
from adapters.sql.statements import ByKeys, Prepared, native, prepare
from engine.holes import check_page, check_stream
from engine.ports import CommandRow, Stored
from events.codec import decode
from events.fact import Fact
from events.instant import Instant
from events.kinds.workflow import MATTER_BEGUN
from events.schema import Event

FEW = 10_000
"""Streams of so many facts at the most are found by their names, whatever else is asked of their facts."""
PAGE = 1_000
"""How many facts are held at once where the whole log is read."""

_READ = "SELECT position, type, schema_version, body FROM events"
_PAGE = f"{_READ} WHERE position > ? ORDER BY position LIMIT ?"
_PAGE_UNTIL = f"{_READ} WHERE position > ? AND position <= ? ORDER BY position LIMIT ?"
_STORED = "SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?"
_COMMAND = "SELECT * FROM commands WHERE command_id = ?"
_STANDING = "SELECT stream, version, position FROM events WHERE (stream, version) > (?, ?) ORDER BY stream, version LIMIT ?"
_COMMANDS = "SELECT * FROM commands WHERE command_id > ? ORDER BY command_id LIMIT ?"
_LAST = "SELECT max(position) FROM events"
_NAMED = "SELECT count(*) FROM (SELECT 1 FROM events WHERE stream >= ? AND stream < ? ORDER BY stream LIMIT ?) AS them"
_RECORDED = "SELECT recorded_at FROM events WHERE position >= ? ORDER BY position LIMIT 1"


_version = attrgetter("version")


class Filters(NamedTuple):
    """What facts are looked for by; None: by anything."""

    correlation_id: str | None
    types: tuple[str, ...]
    actor: str | None
    stream_prefix: str | None


class Span(NamedTuple):
    """Positions after one, up to and including another where there is an end."""

    after: int
    until: int | None


class _Shape(NamedTuple):
    """What of a question decides its statement."""

    correlation: bool
    types: int
    beginnings: bool
    actor: bool
    prefix: bool
    few: bool
    until: bool
    counted: bool
    newest: bool


class Reading:
    """The questions a log answers, each on a cursor."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._finds: dict[_Shape, Prepared] = {}
        self._streams = ByKeys(
            "e.stream, e.position, e.type, e.schema_version, e.body",
            "events e",
            "e.stream = k.column1 AND e.version > k.column2",
            (str, int),
            dialect,
        )
        self._known = ByKeys("c.*", "commands c", "c.command_id = k.column1", (str,), dialect)

    def page(self, cursor: Cursor, after: int, limit: int, until: int | None) -> list[Fact[Event]]:
        """Facts by position, without a hole."""
        if until is None:
            cursor.execute(self._native(_PAGE), (after, limit))
        else:
            cursor.execute(self._native(_PAGE_UNTIL), (after, until, limit))
        facts = [decode(*row) for row in cursor.fetchall()]  # at once: row by row is dearer in PostgreSQL
        check_page(after, facts)
        return facts

    def all(self, cursor: Cursor) -> Iterator[Fact[Event]]:
        """The whole log, a page at a time."""
        after = 0
        while facts := self.page(cursor, after, PAGE, None):
            yield from facts
            after = facts[-1].position

    def streams(self, cursor: Cursor, after: Mapping[str, int]) -> dict[str, list[Fact[Event]]]:
        """The facts of several streams above the given versions, each without a hole."""
        found: dict[str, list[Fact[Event]]] = {stream: [] for stream in after}
        for stream, position, type_, schema, body in self._streams.ask(cursor, list(after.items())):
            found[stream].append(decode(position, type_, schema, body))
        for stream, facts in found.items():
            facts.sort(key=_version)  # the index gives them in order; the database does not promise it
            check_stream(stream, after[stream], facts)
        return found

    def stored(self, cursor: Cursor, after: int, limit: int) -> list[Stored]:
        """Rows as they are, whatever is wrong with them."""
        cursor.execute(self._native(_STORED), (after, limit))
        return list(starmap(Stored, cursor))  # each as it comes: no page of raw rows is kept beside them

    def standing(self, cursor: Cursor, after: tuple[str, int], limit: int) -> list[tuple[str, int, int]]:
        """Where facts stand, by stream and version, as the index that streams are read by has it."""
        cursor.execute(self._native(_STANDING), (*after, limit))
        return cursor.fetchall()

    def command(self, cursor: Cursor, command_id: str) -> CommandRow | None:
        """The command of this id."""
        cursor.execute(self._native(_COMMAND), (command_id,))
        row = cursor.fetchone()
        return CommandRow(*row) if row else None

    def known(self, cursor: Cursor, command_ids: Collection[str]) -> dict[str, CommandRow]:
        """Those of these commands that are there."""
        asked = self._known.ask(cursor, [(name,) for name in command_ids])
        return {row[0]: CommandRow(*row) for row in asked}

    def commands(self, cursor: Cursor, after: str, limit: int) -> list[CommandRow]:
        """Commands by id."""
        cursor.execute(self._native(_COMMANDS), (after, limit))
        return list(starmap(CommandRow, cursor))

    def position_at(self, cursor: Cursor, recorded_until: Instant) -> int:
        """The last position recorded by then, found by halving, since recorded time never falls."""
        cursor.execute(_LAST)
        low, high = 0, cursor.fetchone()[0] or 0
        while low < high:
            middle = (low + high + 1) // 2
            cursor.execute(self._native(_RECORDED), (middle,))
            if cursor.fetchone()[0] <= recorded_until:
                low = middle
            else:
                high = middle - 1
        return low

    def find(
        self,
        cursor: Cursor,
        filters: Filters,
        span: Span,
        limit: int,
        skip: int = 0,
        *,
        newest: bool = False,
    ) -> list[Fact[Event]]:
        """Facts that match every filter, by position, without the first few; or the newest, without the last few."""
        self._look(cursor, filters, span, {"most": limit, "skip": skip}, newest=newest)
        found = [decode(*row) for row in cursor]
        return found[::-1] if newest else found

    def count(self, cursor: Cursor, filters: Filters, span: Span) -> int:
        """How many facts match every filter."""
        self._look(cursor, filters, span, None)
        return int(cursor.fetchall()[0][0])

    def _look(
        self,
        cursor: Cursor,
        filters: Filters,
        span: Span,
        page: Mapping[str, int] | None,
        *,
        newest: bool = False,
    ) -> None:
        """Ask for a page of facts, or for their number."""
        values: dict[str, Any] = {"after": span.after, "until": span.until, **(page or {})}
        values |= {"correlation": filters.correlation_id, "actor": filters.actor}
        values |= {f"type_{n}": name for n, name in enumerate(filters.types)}
        if filters.stream_prefix is not None:
            values |= {"prefix": filters.stream_prefix, "beyond": _beyond(filters.stream_prefix)}
        beginnings = filters.types == MATTER_BEGUN
        shape = _Shape(
            correlation=filters.correlation_id is not None,
            types=len(filters.types),
            beginnings=beginnings,
            actor=filters.actor is not None,
            prefix=bool(filters.stream_prefix),
            few=page is not None and not beginnings and self._few(cursor, filters.stream_prefix),
            until=span.until is not None,
            counted=page is None,
            newest=newest,
        )
        if shape not in self._finds:
            self._finds[shape] = prepare(_find(shape), self._dialect)
        prepared = self._finds[shape]
        cursor.execute(prepared.sql, prepared.bind(values))

    def _few(self, cursor: Cursor, prefix: str | None) -> bool:
        """Whether the streams that begin so have few facts, so that looking through the log for them is dearer."""
        if not prefix:
            return False
        cursor.execute(self._native(_NAMED), (prefix, _beyond(prefix), FEW + 1))
        return int(cursor.fetchall()[0][0]) <= FEW

    def _native(self, sql: str) -> str:
        return native(sql, self._dialect)


def _find(shape: _Shape) -> Select[Any]:
    column = EVENTS.c
    # a sum is not looked up in the index of positions, so that the one of streams is what is left
    few = shape.few or shape.correlation
    position: ColumnElement[int] = column.position + literal_column("0") if few else column.position
    conditions: list[ColumnElement[bool] | TextClause] = [position > bindparam("after")]
    if shape.correlation:
        conditions.append(column.position.in_(_correlated()))
    if shape.beginnings:
        conditions.append(BEGINNINGS)  # in the words of the index, which is used for nothing else
    elif shape.types:
        conditions.append(column.type.in_([bindparam(f"type_{n}") for n in range(shape.types)]))
    if shape.actor:
        conditions.append(column.actor == bindparam("actor"))
    if shape.prefix:
        conditions += [column.stream >= bindparam("prefix"), column.stream < bindparam("beyond")]
    if shape.until:
        conditions.append(position <= bindparam("until"))
    if shape.counted:
        return select(func.count()).select_from(EVENTS).where(*conditions)
    asked = select(column.position, column.type, column.schema_version, column.body).where(*conditions)
    ordered = asked.order_by(position.desc() if shape.newest else position)
    return ordered.limit(bindparam("most")).offset(bindparam("skip"))


def _correlated() -> CompoundSelect[Any]:
    """The positions of a command's own facts, and those of facts of other commands that are correlated with it."""
    wanted: BindParameter[str] = bindparam("correlation")
    own, other = EVENTS.alias("own"), EVENTS.c
    within = own.c.position.between(COMMANDS.c.first_position, COMMANDS.c.last_position)
    by_command = select(own.c.position).join(COMMANDS, within)
    by_command = by_command.where(COMMANDS.c.command_id == wanted, own.c.correlation_id == wanted)
    return by_command.union_all(select(other.position).where(other.correlation_id == wanted, ELSEWHERE))


def _beyond(prefix: str) -> str:
    """The first text after everything that starts so."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1) if prefix else ""
