"""Readers that follow the log by position, while some writers append a thousand facts at a time and others one.

A reader goes on from the last position it saw, as every view and every subscriber does. What it saw is compared with
the log in the end: every event, once, in order. Some readers ask for facts, which the store checks for holes; others
for rows, where only the campaign looks.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import msgspec

from adapters.sql import SqlStore
from adapters.sql.append import Commit
from adapters.sql.postgres.connection import PostgresDatabase
from engine.ports import Part, Stored, Unit
from events.errors import GoldenthreadError
from events.fact import Fact
from events.schema import Event
from tests.campaigns.children import Child, first_to_end, start, stop, was_killed
from tests.campaigns.homes import Home
from tests.campaigns.writers import drafts, now

BULK, SINGLE = 2, 3
"""How many writers of each sort."""
AT_ONCE = 1_000
"""Facts in a unit of a bulk writer."""
MOST_BETWEEN = 40
"""Single facts between two units of a bulk writer."""
READERS: dict[str, tuple[str, int]] = {
    "facts by the thousand": ("page", 1_000),
    "facts in small pages": ("page", 25),
    "rows": ("stored", 300),
}
"""What a reader asks for, and how much at once."""
IDLE_SECONDS = 0.0005
"""How long a reader that has seen everything waits before it looks again."""
BROKEN = "takes its positions from a sequence, outside the lock"

Seen = Sequence[Fact[Event]] | Sequence[Stored]


class Sight(msgspec.Struct):
    """What one reader saw."""

    events: int = 0
    pages: int = 0
    digest: str = ""
    """Of everything it saw, in the order it saw it."""
    wrong: list[str] = msgspec.field(default_factory=list)


@dataclass
class Report:
    """What came of it; `wrong` must be empty."""

    seed: int
    home: str
    bulk: int = 0
    """Facts that came a thousand at a time."""
    single: int = 0
    """Facts that came one by one."""
    pages: dict[str, int] = field(default_factory=dict)
    """How often each reader found something new."""
    wrong: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether every reader saw every event once and in order."""
        return not self.wrong


@dataclass(frozen=True)
class Tail:
    """What all processes have in common."""

    home: Home
    folder: Path
    broken: bool
    bulk_done: Synchronized[int] = field(default_factory=lambda: multiprocessing.Value("q", 0))
    """How many bulk writers are done; the others go on until all are."""
    singles: Synchronized[int] = field(default_factory=lambda: multiprocessing.Value("q", 0))
    """How many facts came one by one so far."""
    end: Synchronized[int] = field(default_factory=lambda: multiprocessing.Value("q", -1))
    """The last position, once nobody writes any more; before, -1."""
    sequence: Synchronized[int] = field(default_factory=lambda: multiprocessing.Value("q", 0))
    """Where the broken build takes its positions from."""
    parent: int = field(default_factory=os.getpid)

    def idle(self) -> None:
        """Wait a moment; an orphan has nobody to wait for."""
        if os.getppid() != self.parent:
            raise SystemExit("The campaign is over.")
        time.sleep(IDLE_SECONDS)

    def commit(self, store: SqlStore, unit: Unit) -> None:
        """As the product does it, or spoilt."""
        if not self.broken:
            store.commit(unit)
            return
        amount = len(unit.parts[0].drafts)
        with self.sequence.get_lock():
            first = self.sequence.value + 1
            self.sequence.value += amount
        append, database = store._append, store._database
        if isinstance(database, PostgresDatabase):
            database.lock_key = lambda name: os.getpid()  # type: ignore[method-assign]  # that is the fault
        commit = Commit(append, unit)
        with database.writing as cursor:
            (facts,) = commit.check(cursor)
            moved = [
                msgspec.structs.replace(fact, position=first + number) for number, fact in enumerate(facts)
            ]
            commit.write(cursor, [moved])


def _write_bulk(tail: Tail, number: int, pauses: Sequence[int]) -> None:
    """Append so many units, each after others have appended as many single facts as the pause says."""
    store = tail.home.open(views=())
    for done, pause in enumerate(pauses):
        until = tail.singles.value + pause
        while tail.singles.value < until:
            tail.idle()
        tail.commit(store, _unit(number, done, AT_ONCE))
    with tail.bulk_done.get_lock():
        tail.bulk_done.value += 1


def _write_single(tail: Tail, number: int) -> None:
    """Append single facts until nobody appends many."""
    store = tail.home.open(views=())
    done = 0
    while tail.bulk_done.value < BULK:
        tail.commit(store, _unit(number, done, 1))
        done += 1
        with tail.singles.get_lock():
            tail.singles.value += 1


def _unit(number: int, done: int, facts: int) -> Unit:
    """The next unit of a writer, on a stream of its own."""
    name, stream = f"W{number}-{done}", f"series/{number}/x"
    part = Part(
        command_id=name,
        request_digest=name,
        drafts=drafts(name, stream, (f"{name}/{n}" for n in range(facts))),
    )
    return Unit(parts=[part], read={stream: done * facts}, now=now())


def _read(tail: Tail, who: str) -> None:
    """A reader's life."""
    sight, (what, limit) = Sight(), READERS[who]
    digest = hashlib.sha256()
    try:
        store = tail.home.open(views=())
        read: Callable[[int, int], Seen] = getattr(store, what)
        while not sight.wrong:
            end = tail.end.value
            page = read(sight.events, limit)
            if page:
                _take(sight, page, digest.update)
            elif end >= 0:
                break
            else:
                tail.idle()
    except GoldenthreadError as error:
        sight.wrong.append(f"The reader of {who} was told: {error}")
    sight.digest = digest.hexdigest()
    (tail.folder / f"{who}.json").write_bytes(msgspec.json.encode(sight))


def _take(sight: Sight, page: Seen, update: Callable[[bytes], None]) -> None:
    for seen in page:
        sight.events += 1
        update(f"{seen.position} {seen.stream}@{seen.version} {seen.command_id}\n".encode())
        if seen.position != sight.events:
            sight.wrong.append(f"Position {seen.position} came where {sight.events} was to come.")
            break
    sight.pages += 1


def run(home: Home, folder: Path, units: int, seed: int, broken: bool = False) -> Report:
    """The campaign: write and read at once; then compare what was seen with what is there."""
    chance = random.Random(seed)
    home.make(views=()).close()
    tail = Tail(home, folder, broken)
    readers = [start(partial(_read, tail, who)) for who in READERS]
    writers = [start(partial(_write_single, tail, BULK + number)) for number in range(SINGLE)]
    for number in range(BULK):
        pauses = [chance.randrange(MOST_BETWEEN) for _ in range(units)]
        writers.append(start(partial(_write_bulk, tail, number, pauses)))
    try:
        _await(writers)
        store = home.open(views=())
        tail.end.value = store.head().position
        _await(readers)
    except BaseException:
        stop([*writers, *readers])
        raise
    report = Report(seed=seed, home=home.name)
    _examine(store, folder, report)
    store.close()
    return report


def _await(children: list[Child]) -> None:
    while children:
        ended = first_to_end(children)
        children.remove(ended)
        assert not was_killed(ended)


def _examine(store: SqlStore, folder: Path, report: Report) -> None:
    truth, digest = Sight(), hashlib.sha256()
    while page := store.stored(truth.events, 1_000):
        _take(truth, page, digest.update)
        bulk = sum(1 for row in page if int(row.command_id[1 : row.command_id.index("-")]) < BULK)
        report.bulk += bulk
        report.single += len(page) - bulk
    report.wrong += truth.wrong
    for who in READERS:
        sight = msgspec.json.decode((folder / f"{who}.json").read_bytes(), type=Sight)
        report.pages[who] = sight.pages
        report.wrong += sight.wrong
        if (sight.events, sight.digest) != (truth.events, digest.hexdigest()):
            report.wrong.append(
                f"The reader of {who} saw {sight.events} events of {truth.events}, or others."
            )
