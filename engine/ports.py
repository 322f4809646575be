"""What the engine needs from outside, as Protocols; each has a contract suite in `tests/contract`.

An adapter is an implementation of one of these, its line in `goldenthread/bootstrap.py`, and the suite run on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

import msgspec

from engine.view import Key, Row, Values, View
from events.errors import Place
from events.fact import Draft, Fact
from events.instant import Instant
from events.schema import Event
from events.text import Text

Progress = Callable[[int, int], None]
"""Called now and then with how many are done, of how many."""


class Head(msgspec.Struct, frozen=True):
    """Where the log ends: its last position (0 when empty) and when that was recorded."""

    position: int
    recorded_at: Instant


class Stored(msgspec.Struct, frozen=True, gc=False):
    """A row of the log exactly as stored: the body is the fact, every other column an index derived from it."""

    position: int
    stream: str
    version: int
    type: str
    schema: int
    recorded_at: Instant
    effective_on: str
    actor: str
    command_id: str
    correlation_id: str
    caused_by: str | None
    body: bytes
    leaf: bytes


class CommandRow(msgspec.Struct, frozen=True):
    """One outer command or firing: its request's digest (without text) and the positions it wrote.

    A command that wrote nothing has `first_position` 0 and `last_position` 0.
    """

    command_id: str
    request_digest: str
    first_position: int
    last_position: int


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the outbox, written in the transaction of the fact that caused it. Holds no text of people."""

    to: str
    """A role or body."""
    kind: str
    subject: str
    """What it is about, as a reference a person can pass to `explain`."""
    words: str


class OutboxRow(msgspec.Struct, frozen=True, kw_only=True):
    """A notice as it stands in the outbox."""

    id: int
    position: int
    notice: Notice
    sent_at: Instant | None


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """A firing that failed: it is tried again, stays visible until it has passed, and blocks nobody. Never a fact."""

    firing: str
    """The command id of the firing: which deadline, which setting of it, for when."""
    stream: str
    subject: str
    name: str
    n: int
    due_at: Instant
    reminder: int
    attempts: int
    first_failed_at: Instant
    last_failed_at: Instant
    next_try_at: Instant
    code: str
    """Of the last failure."""
    sentence: str
    """Of the last failure; no text of people."""
    ended_at: Instant | None = None
    """When it passed after all, or no longer needed to."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One command's share of a unit of work: its facts and the notices they cause."""

    command_id: str
    request_digest: str
    drafts: Sequence[Draft | Fact[Event]] = ()
    """In the order they happened. A fact that was built while it was decided gets its place at the commit."""
    notices: Sequence[tuple[int, Notice]] = ()
    """(index into `drafts`, notice)."""


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is written together or not at all."""

    parts: Sequence[Part]
    """One for a single command; up to 500 for a tick. Facts are positioned in this order."""
    read: Mapping[str, int]
    """Stream → version it was decided on (0 where it did not exist), for EVERY stream that was read."""
    read_at: Head | None = None
    """Where the log ended when the first of these streams was looked at, or before: if it ends there still, none has moved."""
    standing: Mapping[str, Mapping[Key, Values]] = msgspec.field(default_factory=dict)
    """View → rows of it as they stood then."""
    unmoved: int | None = None
    """The log must still end at this position: for a decision that rests on a view, which has no version of its own."""
    texts: Sequence[Text] = ()
    blobs: Mapping[str, bytes] = msgspec.field(default_factory=dict)
    """SHA-256 in hex → content."""
    now: Instant
    """What the clock says at the commit."""


class StaleRead(Exception):
    """What was decided on has moved: stream → (version decided on, version now).

    `moved`: the position at which the log had to end still, where it was the log as a whole that went on.
    """

    def __init__(self, grown: Mapping[str, tuple[int, int]], moved: int | None = None) -> None:
        self.grown = dict(grown)
        self.moved = moved
        said = [f"{s}: {was}→{now}" for s, (was, now) in sorted(self.grown.items())]
        super().__init__(", ".join(said if moved is None else [*said, f"the log went on after {moved}"]))


class CommandExists(Exception):
    """A command of this id is already in the log: it was committed while this one was being decided."""

    def __init__(self, row: CommandRow) -> None:
        self.row = row
        super().__init__(row.command_id)


class Store(Protocol):
    """One book: its log, its texts and blobs, and its inline views. `adapters/sql` and `engine/testing` have one each."""

    # the log -------------------------------------------------------------------------------------------------
    def head(self) -> Head:
        """The end of the log."""
        ...

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        """Write a unit in one transaction, under the append lock, and answer its facts as recorded.

        Checks that no command id is known (CommandExists), that every stream read has its version and that the log
        still ends where the unit says it must (StaleRead),
        and that the head is not more than five minutes ahead of `unit.now` (Broken GT-CLOCK-001, unless the unit
        consists of a `clock.corrected` fact or one has been recorded since the head ran ahead);
        stamps contiguous positions and `recorded_at = max(now, previous)`; inserts facts, commands, texts, blobs and
        outbox; folds the inline views. All or nothing.
        """
        ...

    def streams(self, after: Mapping[str, int]) -> dict[str, list[Fact[Event]]]:
        """The facts of several streams above the given versions, oldest first, in as few queries as possible.

        Every stream asked for has an entry; an unknown or unchanged one has an empty list.
        """
        ...

    def page(self, after: int, limit: int, until: int | None = None) -> list[Fact[Event]]:
        """Facts with positions above `after` (up to and including `until`), oldest first, contiguity asserted (Broken GT-LOG-003)."""
        ...

    def stored(self, after: int, limit: int) -> list[Stored]:
        """Rows as stored, undecoded, for verification and export. No contiguity check."""
        ...

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
        """Facts that match every filter given, by position, without the first `skip` of them.

        `newest`: the last `limit` of them rather than the first, without the last `skip`; by position all the same.
        """
        ...

    def count(
        self, types: Collection[str], stream_prefix: str, *, after: int = 0, until: int | None = None
    ) -> int:
        """How many facts of some types stand in the streams of a prefix, after a position up to and including another."""
        ...

    def command(self, command_id: str) -> CommandRow | None:
        """The command of this id, if it was committed."""
        ...

    def known(self, command_ids: Collection[str]) -> dict[str, CommandRow]:
        """Those of these commands that were committed, in as few queries as possible."""
        ...

    def standing(self, after: tuple[str, int], limit: int) -> list[tuple[str, int, int]]:
        """(stream, version, position) of the facts above (stream, version), in that order, for verification."""
        ...

    def physical(self, views: bool = True) -> list[str]:
        """What the database finds wrong with its own tables and indexes, those of views too; a sentence each."""
        ...

    def commands(self, after: str, limit: int) -> list[CommandRow]:
        """All commands by id, for verification."""
        ...

    def position_at(self, recorded_until: Instant) -> int:
        """The last position recorded at or before an instant (0 if none): an as-of day is a prefix of the log."""
        ...

    # texts and blobs -----------------------------------------------------------------------------------------
    def texts(self, refs: Collection[str]) -> dict[str, Text | None]:
        """Texts by reference; None for one that was erased, no entry for one never stored."""
        ...

    def erase(self, ref: str, at: Instant) -> bool:
        """Blank a text and its nonce for ever; answers whether it was there."""
        ...

    def blob(self, digest: str) -> bytes | None:
        """A stored blob."""
        ...

    # views ---------------------------------------------------------------------------------------------------
    def row(self, view: View, key: Key, at: int | None = None) -> Row | None:
        """One row of a view as it is now, or as it was at position `at`."""
        ...

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
        """Rows of a view now or at position `at`; `where` is equality (or membership), `below` is strictly-less-than.

        `only` names the columns that are wanted, where not all of them are.
        """
        ...

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
        """Of the rows that `rows` would answer the last `count` of each series, by key.

        A series is the rows that agree on all of the key but its last column. What lies before its end is not read.
        """
        ...

    def rebuild(self, views: Sequence[View], progress: Progress | None = None) -> dict[str, int]:
        """Empty the views and fill them from the log; answers rows written per view."""
        ...

    def differences(
        self, views: Sequence[View], limit: int = 20, progress: Progress | None = None
    ) -> list[str]:
        """Compare the live views with a fresh rebuild; one sentence per differing row, empty when equal."""
        ...

    # outbox and odds -----------------------------------------------------------------------------------------
    def outbox(
        self, unsent_only: bool = True, limit: int = 1000, *, after: int | None = None
    ) -> list[OutboxRow]:
        """Notices by id, oldest first; those with an id above `after`."""
        ...

    def mark_sent(self, ids: Collection[int], at: Instant) -> None:
        """Note that notices have been handed over."""
        ...

    def incidents(self, open_only: bool = True, limit: int = 1000) -> list[Incident]:
        """Firings that failed, the oldest failure first; `open_only`: those not ended."""
        ...

    def keep_incident(self, incident: Incident) -> None:
        """Keep what is known of a firing that failed, in place of what was known of it before."""
        ...

    def alone(self, name: str) -> AbstractContextManager[bool]:
        """Whether nobody else, in any process, is inside a block of this name on this book; never waits.

        Nothing that a commit waits for is held, and the turn ends with the process or the connection.
        """
        ...

    def get_meta(self, name: str) -> str | None:
        """A small operational value outside the log (last tick, schema version)."""
        ...

    def set_meta(self, name: str, value: str) -> None:
        """Keep a small operational value; never a fact."""
        ...

    def close(self) -> None:
        """Release the database."""
        ...


class Clock(Protocol):
    """Where time comes from. Frozen and simulated clocks are a feature."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        ...


class Ids(Protocol):
    """Where fresh ids and nonces come from."""

    def command_id(self) -> str:
        """A new, sortable, unique id."""
        ...

    def nonce(self) -> bytes:
        """16 random bytes."""
        ...


class Holidays(Protocol):
    """Bank holidays of a nation of the United Kingdom."""

    def days(self, nation: str, year: int) -> Mapping[date, str]:
        """Day → name, for one calendar year. Raises Invalid for a nation it does not know."""
        ...


class Documents(Protocol):
    """A reader of YAML text that keeps where everything stood; `adapters/yaml` is one."""

    def read(self, text: str, file: str) -> Document:
        """Read a document strictly. Raises Invalid with every problem found."""
        ...


class Document(Protocol):
    """A tree of dicts, lists and text, with marks."""

    @property
    def tree(self) -> object:
        """dict[str, …], list[…] and str only: every scalar is text until a schema types it."""
        ...

    def place(self, path: Sequence[str | int], key: bool = False, into: int = 0) -> Place:
        """Where the value at a path (or its key) stands; the nearest parent where the path does not exist.

        `into`: so many characters into the value, where it stands on one line.
        """
        ...
