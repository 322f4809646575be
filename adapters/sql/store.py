"""The `Store` in a database: each method is one block on the connection and one question to a neighbour file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager

from adapters.sql import rebuild as rebuilding
from adapters.sql.append import Append, Commit
from adapters.sql.counted import Counted
from adapters.sql.database import Cursor, Database
from adapters.sql.incidents import Incidents
from adapters.sql.keeping import Keeping
from adapters.sql.kept_views import KeptViews
from adapters.sql.opening import told
from adapters.sql.patience import Patience
from adapters.sql.reading import Filters, Reading, Span
from adapters.sql.schema import LOG
from adapters.sql.stands import read_head
from adapters.sql.turns import is_apart, settle
from adapters.sql.view_queries import Below, Where
from adapters.sql.view_tables import ViewTable
from engine import stamp
from engine.ports import CommandRow, Head, Incident, OutboxRow, Progress, Stored, Unit
from engine.view import Key, Row, View
from events.errors import Broken, Problem
from events.fact import Fact
from events.instant import Instant
from events.schema import Event
from events.text import Text

Failpoint = Callable[[str], None]
"""Called on the way through each commit, for tests that stop one half-way: ``before append``, ``after append``, ``after commit``.

What a server writes in one turn is never ``after append``, but ``in flight``: everything is sent, COMMIT too, and nothing answered.
"""


KEY_STANDS = ("GT-DB-013", "GT-DB-022")
"""What is said where a key stands already, such as that of a command that came in twice; nothing else is tried again."""


class SqlStore:
    """One book in a database, on one connection; threads take turns, and a server gives each its own store."""

    def __init__(
        self,
        database: Database,
        tables: Mapping[str, ViewTable],
        failpoint: Failpoint | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._database = database
        self._patience = patience or Patience(None)
        self._views = KeptViews(tables)
        self._reading = Reading(database.dialect)
        self._keeping = Keeping(database.dialect)
        self._incidents = Incidents(database.dialect)
        self._counted = Counted()
        views = told([table.view for table in tables.values()])
        self._append = Append(database.dialect, tables.values(), views)
        self._failpoint = failpoint
        self._outright = is_apart(database.dialect)

    def _writing(self) -> AbstractContextManager[Cursor]:
        return self._patience.entering(self._database.writing)

    def _reach(self, place: str) -> None:
        if self._failpoint is not None:
            self._failpoint(place)

    # the log
    def head(self) -> Head:
        """The end of the log."""
        with self._database.reading as cursor:
            return read_head(cursor)

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        """Write a unit, whole or not at all."""
        stamp.check_unit(unit)
        commit = Commit(self._append, unit)
        if self._outright:
            with self._patience.waiting():
                written = commit.outright(self._database, self._failpoint)
            if written is not None:
                self._reach("after commit")
                return written[0]
        try:
            groups = self._commit(commit)
        except Broken as refused:
            if not (commit.hopeful and refused.problems[0].code in KEY_STANDS):
                raise
            groups = self._commit(Commit(self._append, unit, wary=True))
        self._reach("after commit")
        return groups[0] if len(groups) == 1 else [fact for facts in groups for fact in facts]

    def _commit(self, commit: Commit) -> list[stamp.Facts]:
        with self._patience.waiting() as waiting, self._database.committing as cursor:
            groups = commit.check(cursor)
            waiting.over()
            self._reach("before append")
            commit.write(cursor, groups)
            if self._failpoint is not None:
                settle(cursor, self._database.dialect)
                self._reach("after append")
        return groups

    def streams(self, after: Mapping[str, int]) -> dict[str, list[Fact[Event]]]:
        """The facts of several streams above the given versions."""
        with self._database.reading as cursor:
            return self._reading.streams(cursor, after)

    def page(self, after: int, limit: int, until: int | None = None) -> list[Fact[Event]]:
        """Facts by position."""
        with self._database.reading as cursor:
            return self._reading.page(cursor, after, limit, until)

    def stored(self, after: int, limit: int) -> list[Stored]:
        """Rows as stored."""
        with self._database.reading as cursor:
            return self._reading.stored(cursor, after, limit)

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
        filters = Filters(correlation_id, tuple(sorted(types)), actor, stream_prefix)
        with self._database.reading as cursor:
            if command_id is not None:
                known = self._reading.command(cursor, command_id)
                if known is None or not known.first_position:
                    return []
                after = max(after, known.first_position - 1)
                until = known.last_position if until is None else min(until, known.last_position)
            return self._reading.find(cursor, filters, Span(after, until), limit, skip, newest=newest)

    def count(
        self, types: Collection[str], stream_prefix: str, *, after: int = 0, until: int | None = None
    ) -> int:
        """How many facts of some types stand in the streams of a prefix."""
        filters = Filters(None, tuple(sorted(types)), None, stream_prefix)
        with self._database.reading as cursor:
            if until is None:
                return self._reading.count(cursor, filters, Span(after, until))
            return self._counted.within(
                (filters.types, stream_prefix),
                after,
                until,
                read_head(cursor).position,
                lambda low, high: self._reading.count(cursor, filters, Span(low, high)),
            )

    def command(self, command_id: str) -> CommandRow | None:
        """The command of this id."""
        with self._database.reading as cursor:
            return self._reading.command(cursor, command_id)

    def known(self, command_ids: Collection[str]) -> dict[str, CommandRow]:
        """Those of these commands that were committed."""
        with self._database.reading as cursor:
            return self._reading.known(cursor, command_ids)

    def standing(self, after: tuple[str, int], limit: int) -> list[tuple[str, int, int]]:
        """Where facts stand, by stream and version."""
        with self._database.reading as cursor:
            return self._reading.standing(cursor, after, limit)

    def physical(self, views: bool = True) -> list[str]:
        """What the database finds wrong with its own tables and indexes."""
        return self._database.physical(() if views else [table.name for table in LOG.sorted_tables])

    def commands(self, after: str, limit: int) -> list[CommandRow]:
        """Commands by id."""
        with self._database.reading as cursor:
            return self._reading.commands(cursor, after, limit)

    def position_at(self, recorded_until: Instant) -> int:
        """The last position recorded at or before an instant."""
        with self._database.reading as cursor:
            return self._reading.position_at(cursor, recorded_until)

    # texts and blobs
    def texts(self, refs: Collection[str]) -> dict[str, Text | None]:
        """Texts by reference."""
        with self._database.reading as cursor:
            return self._keeping.texts(cursor, refs)

    def erase(self, ref: str, at: Instant) -> bool:
        """Blank a text for ever, in the files beside the book too."""
        with self._writing() as cursor:
            erased = self._keeping.erase(cursor, ref, at)
        if erased:
            self._database.wipe()
        return erased

    def blob(self, digest: str) -> bytes | None:
        """A stored blob."""
        with self._database.reading as cursor:
            return self._keeping.blob(cursor, digest)

    # views
    def row(self, view: View, key: Key, at: int | None = None) -> Row | None:
        """One row of a view."""
        queries = self._views.rows(view, at)
        with self._database.reading as cursor:
            return queries.row(cursor, key, at)

    def rows(
        self,
        view: View,
        where: Where | None = None,
        *,
        at: int | None = None,
        order_by: Sequence[str] = (),
        limit: int | None = None,
        below: Below | None = None,
        only: Sequence[str] = (),
    ) -> list[Row]:
        """Rows of a view."""
        queries = self._views.rows(view, at)
        with self._database.reading as cursor:
            return queries.rows(cursor, where or {}, below or {}, at, order_by, limit, only)

    def latest(
        self,
        view: View,
        count: int,
        where: Where | None = None,
        *,
        at: int | None = None,
        below: Below | None = None,
        only: Sequence[str] = (),
    ) -> list[Row]:
        """The last rows of each series of a view."""
        ends = self._views.latest(view, at)
        with self._database.reading as cursor:
            return ends.rows(cursor, count, where or {}, below or {}, at, only)

    def rebuild(self, views: Sequence[View], progress: Progress | None = None) -> dict[str, int]:
        """Fill views again from the log."""
        tables = self._views.tables(views)
        with self._writing() as cursor:
            self._append.check_views(cursor)
            return rebuilding.rebuild(cursor, self._reading, tables, progress)

    def differences(
        self, views: Sequence[View], limit: int = 20, progress: Progress | None = None
    ) -> list[str]:
        """Compare views with a fresh rebuild."""
        tables = self._views.tables(views)
        with self._database.snapshot as cursor:
            return rebuilding.differences(cursor, self._reading, tables, limit, progress)

    # outbox and odds
    def outbox(
        self, unsent_only: bool = True, limit: int = 1000, *, after: int | None = None
    ) -> list[OutboxRow]:
        """Notices by id."""
        with self._database.reading as cursor:
            return self._keeping.outbox(cursor, unsent_only, limit, after)

    def mark_sent(self, ids: Collection[int], at: Instant) -> None:
        """Note that notices have been handed over."""
        with self._writing() as cursor:
            self._keeping.mark_sent(cursor, ids, at)

    def incidents(self, open_only: bool = True, limit: int = 1000) -> list[Incident]:
        """Firings that failed, the oldest failure first."""
        with self._database.reading as cursor:
            return self._incidents.all(cursor, open_only, limit)

    def keep_incident(self, incident: Incident) -> None:
        """Keep what is known of a firing that failed."""
        with self._writing() as cursor:
            self._incidents.keep(cursor, incident)

    def alone(self, name: str) -> AbstractContextManager[bool]:
        """Whether nobody else is inside a block of this name on this book."""
        return self._database.alone(name)

    def about(self) -> Mapping[str, str]:
        """What the book runs on, for example ``{"sqlite": "3.51.3"}``."""
        return self._database.about()

    def open_to_change(self) -> list[Problem]:
        """Who besides the owner may change or delete what is recorded."""
        return self._database.open_to_change()

    def get_meta(self, name: str) -> str | None:
        """A small operational value."""
        with self._database.reading as cursor:
            return self._keeping.get_meta(cursor, name)

    def set_meta(self, name: str, value: str) -> None:
        """Keep a small operational value."""
        with self._writing() as cursor:
            self._keeping.set_meta(cursor, name, value)

    def close(self) -> None:
        """Release the database."""
        self._database.close()
