"""A book kept in memory: the same behaviour as a database's, none of its durability."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from engine import stamp
from engine.folding import by_command, check_history
from engine.holes import check_page, check_stream
from engine.ports import (
    CommandExists,
    CommandRow,
    Head,
    Incident,
    OutboxRow,
    Progress,
    Stored,
    Unit,
)
from engine.testing.tables import Table
from engine.view import Key, Row, View, last_of_each
from events.codec import decode, encode, leaf
from events.fact import Fact
from events.instant import EARLIEST, Instant
from events.kinds.book import ClockCorrected
from events.schema import Event
from events.text import Text


class InMemoryStore:
    """A `Store` without a file. `views` are folded at every commit."""

    def __init__(self, views: Sequence[View] = ()) -> None:
        self._lock = threading.RLock()
        self._facts: list[Fact[Event]] = []
        self._stored: list[Stored] = []
        self._streams: dict[str, list[Fact[Event]]] = {}
        self._commands: dict[str, CommandRow] = {}
        self._texts: dict[str, Text | None] = {}
        self._blobs: dict[str, bytes] = {}
        self._outbox: list[OutboxRow] = []
        self._incidents: dict[str, Incident] = {}
        self._turns: set[str] = set()
        self._meta: dict[str, str] = {}
        self._tables = {view.name: Table(view) for view in views}

    # the log
    def head(self) -> Head:
        """The end of the log."""
        last = self._stored[-1] if self._stored else None
        return Head(last.position, last.recorded_at) if last else Head(0, EARLIEST)

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        """Write a unit, whole or not at all."""
        stamp.check_unit(unit)
        with self._lock:
            for part in unit.parts:
                if known := self._commands.get(part.command_id):
                    raise CommandExists(known)
            versions = {stream: len(self._streams.get(stream, ())) for stream in stamp.streams_of(unit)}
            head = self.head()
            stamp.check_read(unit, versions, head)
            recorded_at = stamp.recorded_time(head, unit, self._last_correction)
            groups = stamp.stamp(unit, head.position, versions, recorded_at)
            facts = [fact for group in groups for fact in group]
            stored = [_as_stored(fact) for fact in facts]
            folded = [(table, table.fold(groups)) for table in self._tables.values()]
            for row in stored:
                self._append(row)
            for table, changed in folded:
                table.write(changed)
            self._keep(unit, groups)
            return facts

    def _append(self, row: Stored) -> None:
        fact = decode(row.position, row.type, row.schema, row.body)
        self._stored.append(row)
        self._facts.append(fact)
        self._streams.setdefault(fact.stream, []).append(fact)

    def _keep(self, unit: Unit, groups: Sequence[stamp.Facts]) -> None:
        for row in stamp.command_rows(unit, groups):
            self._commands[row.command_id] = row
        for text in unit.texts:
            self._texts.setdefault(text.ref, text)
        for digest, content in unit.blobs.items():
            self._blobs.setdefault(digest, content)
        for part, facts in zip(unit.parts, groups, strict=True):
            for index, notice in part.notices:
                row_id = len(self._outbox) + 1
                self._outbox.append(
                    OutboxRow(id=row_id, position=facts[index].position, notice=notice, sent_at=None)
                )

    def _last_correction(self) -> Instant | None:
        events = (fact.event for fact in reversed(self._facts))
        return next((event.head_was for event in events if isinstance(event, ClockCorrected)), None)

    def streams(self, after: Mapping[str, int]) -> dict[str, list[Fact[Event]]]:
        """The facts of several streams above the given versions."""
        found = {stream: self._streams.get(stream, [])[version:] for stream, version in after.items()}
        for stream, facts in found.items():
            check_stream(stream, after[stream], facts)
        return found

    def page(self, after: int, limit: int, until: int | None = None) -> list[Fact[Event]]:
        """Facts by position."""
        end = after + limit if until is None else min(after + limit, until)
        facts = self._facts[after : max(after, end)]
        check_page(after, facts)
        return facts

    def stored(self, after: int, limit: int) -> list[Stored]:
        """Rows as stored."""
        return [row for row in self._stored if row.position > after][:limit]

    def find(
        self,
        *,
        correlation_id: str | None = None,
        command_id: str | None = None,
        types: Collection[str] = (),
        actor: str | None = None,
        stream_prefix: str | None = None,
        after: int = 0,
        until: int | None = None,
        limit: int = 1000,
        skip: int = 0,
        newest: bool = False,
    ) -> list[Fact[Event]]:
        """Facts that match every filter given."""
        found = [
            fact
            for fact in self._facts[after:until]
            if (correlation_id is None or fact.correlation_id == correlation_id)
            and (command_id is None or fact.command_id == command_id)
            and (not types or fact.type in types)
            and (actor is None or fact.actor == actor)
            and (stream_prefix is None or fact.stream.startswith(stream_prefix))
        ]
        return found[::-1][skip : skip + limit][::-1] if newest else found[skip : skip + limit]

    def count(
        self, types: Collection[str], stream_prefix: str, *, after: int = 0, until: int | None = None
    ) -> int:
        """How many facts of some types stand in the streams of a prefix."""
        return sum(
            fact.type in types and fact.stream.startswith(stream_prefix) for fact in self._facts[after:until]
        )

    def command(self, command_id: str) -> CommandRow | None:
        """The command of this id."""
        return self._commands.get(command_id)

    def known(self, command_ids: Collection[str]) -> dict[str, CommandRow]:
        """Those of these commands that were committed."""
        return {name: self._commands[name] for name in command_ids if name in self._commands}

    def standing(self, after: tuple[str, int], limit: int) -> list[tuple[str, int, int]]:
        """Where facts stand, by stream and version."""
        places = sorted((row.stream, row.version, row.position) for row in self._stored)
        return [place for place in places if place[:2] > after][:limit]

    def physical(self, views: bool = True) -> list[str]:
        """Nothing: memory has no file."""
        return []

    def commands(self, after: str, limit: int) -> list[CommandRow]:
        """Commands by id."""
        return [self._commands[name] for name in sorted(self._commands) if name > after][:limit]

    def position_at(self, recorded_until: Instant) -> int:
        """The last position recorded at or before an instant."""
        return sum(1 for row in self._stored if row.recorded_at <= recorded_until)

    # texts and blobs
    def texts(self, refs: Collection[str]) -> dict[str, Text | None]:
        """Texts by reference."""
        return {ref: self._texts[ref] for ref in refs if ref in self._texts}

    def erase(self, ref: str, at: Instant) -> bool:
        """Blank a text for ever."""
        with self._lock:
            was = self._texts.get(ref)
            if was is not None:
                self._texts[ref] = None
            return was is not None

    def blob(self, digest: str) -> bytes | None:
        """A stored blob."""
        return self._blobs.get(digest)

    # views
    def row(self, view: View, key: Key, at: int | None = None) -> Row | None:
        """One row of a view."""
        return self._table(view, at).row(key, at)

    def rows(
        self,
        view: View,
        where: Mapping[str, str | int | Collection[str]] | None = None,
        *,
        at: int | None = None,
        order_by: Sequence[str] = (),
        limit: int | None = None,
        below: Mapping[str, str | int] | None = None,
        only: Sequence[str] = (),
    ) -> list[Row]:
        """Rows of a view."""
        found = self._table(view, at).rows(where or {}, below or {}, order_by, at)[:limit]
        return [{name: row[name] for name in only} for row in found] if only else found

    def latest(
        self,
        view: View,
        count: int,
        where: Mapping[str, str | int | Collection[str]] | None = None,
        *,
        at: int | None = None,
        below: Mapping[str, str | int] | None = None,
        only: Sequence[str] = (),
    ) -> list[Row]:
        """The last rows of each series of a view."""
        found = last_of_each(view, self.rows(view, where, at=at, below=below), count)
        return [{name: row[name] for name in only} for row in found] if only else found

    def _table(self, view: View, at: int | None) -> Table:
        if at is not None:
            check_history(view)
        return self._tables[view.name]

    def rebuild(self, views: Sequence[View], progress: Progress | None = None) -> dict[str, int]:
        """Fill views again from the log."""
        written = {}
        with self._lock:
            for view in views:
                self._tables[view.name] = table = Table(view)
                self._fill(table)
                written[view.name] = len(table)
        return written

    def differences(
        self, views: Sequence[View], limit: int = 20, progress: Progress | None = None
    ) -> list[str]:
        """Compare views with a fresh rebuild."""
        found: list[str] = []
        for view in views:
            fresh = Table(view)
            self._fill(fresh)
            found += self._tables[view.name].differences(fresh)
        return found[:limit]

    def _fill(self, table: Table) -> None:
        for facts in by_command(self._all()):
            table.write(table.fold([facts]))

    def _all(self) -> Iterator[Fact[Event]]:
        for row in self._stored:
            yield decode(row.position, row.type, row.schema, row.body)

    # outbox and odds
    def outbox(
        self, unsent_only: bool = True, limit: int = 1000, *, after: int | None = None
    ) -> list[OutboxRow]:
        """Notices by id."""
        wanted = [row for row in self._outbox if after is None or row.id > after]
        return [row for row in wanted if not (unsent_only and row.sent_at)][:limit]

    def mark_sent(self, ids: Collection[int], at: Instant) -> None:
        """Note that notices have been handed over."""
        self._outbox = [
            OutboxRow(id=row.id, position=row.position, notice=row.notice, sent_at=row.sent_at or at)
            if row.id in ids
            else row
            for row in self._outbox
        ]

    def get_meta(self, name: str) -> str | None:
        """A small operational value."""
        return self._meta.get(name)

    def incidents(self, open_only: bool = True, limit: int = 1000) -> list[Incident]:
        """Firings that failed, the oldest failure first."""
        kept = sorted(self._incidents.values(), key=lambda each: (each.first_failed_at, each.firing))
        return [each for each in kept if not (open_only and each.ended_at)][:limit]

    def keep_incident(self, incident: Incident) -> None:
        """Keep what is known of a firing that failed."""
        self._incidents[incident.firing] = incident

    @contextmanager
    def alone(self, name: str) -> Iterator[bool]:
        """Whether nobody else is inside a block of this name on this book."""
        with self._lock:
            first = name not in self._turns
            self._turns.add(name)
        try:
            yield first
        finally:
            if first:
                self._turns.discard(name)

    def set_meta(self, name: str, value: str) -> None:
        """Keep a small operational value."""
        self._meta[name] = value

    def close(self) -> None:
        """Nothing to release."""


def _as_stored(fact: Fact[Event]) -> Stored:
    body = encode(fact)
    return Stored(
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
