"""The processes of a race: writers on the same few streams, one that ticks, and one that marks and erases.

Each keeps what it was answered and hands it in at its end.
"""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import msgspec
from msgspec.structs import replace

from adapters.sql import SqlStore
from adapters.sql.postgres import outright
from adapters.sql.postgres.connection import PostgresDatabase
from adapters.sql.sqlite.connection import SqliteDatabase
from adapters.sql.sqlite.connection import _Block as SqliteBlock
from engine.deadlines import tick as ticking
from engine.ports import CommandExists, Notice, Part, StaleRead, Unit
from engine.testing.council import Council
from events.errors import GoldenthreadError
from events.fact import Draft
from events.instant import Instant, instant, moment
from events.kinds.people import PersonAdded
from events.kinds.register import MeetingAdded
from events.text import Text
from tests.campaigns.homes import Home

STREAMS = tuple(f"race/{n}" for n in range(16))
TAKEN_TWICE = 10
"""Every so manieth command is sent by two writers at once."""
ERASED = 50
"""Of every so manieth notice the text is erased."""
KIND = "race"
"""Of the writers' notices."""

NO_CHECK, NO_LOCK, NO_ID = BROKEN = (
    "does not check what it decided on",
    "takes no turn at the end of the log",
    "gives every attempt an id of its own",
)
"""Ways to spoil the writers that the campaign must notice."""
BROKEN_TURNS = {
    "compares no versions in one turn": (
        outright._VERSIONS,
        "%s::text[] IS NOT NULL AND %s::bigint[] IS NOT NULL",
    ),
    "takes no later time over in one turn": (outright._TIME, "%s::text"),
}
"""Ways to spoil what a PostgreSQL server is asked in one turn: a part of it, and what stands there instead."""
SLOW = 20
"""So many times slower than real ones go the writers' clocks: the longest race takes less time than a clock may run ahead."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a writer was answered to one command."""

    name: str
    wrote: bool
    """False: it was told that another had written it."""
    first: int
    last: int
    """Positions of its facts."""
    stream: str = ""
    version: int = 0
    """What it was decided on; where it wrote."""
    others: Mapping[str, int] = {}
    """Streams that it only read, with their versions; where it wrote."""
    tries: int


class Findings(msgspec.Struct):
    """What one process of a race hands in."""

    outcomes: list[Outcome] = msgspec.field(default_factory=list)
    stale: int = 0
    ticks: int = 0
    sent: int = 0
    erased: int = 0
    wrong: list[str] = msgspec.field(default_factory=list)


@dataclass(frozen=True)
class Race:
    """What all processes of a race have in common."""

    home: Home
    folder: Path
    council: Council
    commands: int
    taken: Synchronized[int]
    closed: Synchronized[int]
    """1 when nobody writes any more."""
    broken: str | None
    began: int = field(default_factory=time.monotonic_ns)

    def now(self) -> Instant:
        """What the clock says that all writers share; who waits is overtaken by others with a later time."""
        gone_by = timedelta(microseconds=(time.monotonic_ns() - self.began) // (1000 * SLOW))
        return instant(moment(self.council.now()) + gone_by)

    def take(self) -> str | None:
        """The next command to send, None when all are taken."""
        with self.taken.get_lock():
            number = self.taken.value
            if number >= self.commands:
                return None
            self.taken.value = number + 1
        twin = number % TAKEN_TWICE == 1
        return f"R{number - twin}"

    @property
    def over(self) -> bool:
        """Whether all commands are taken."""
        return self.taken.value >= self.commands

    def stop(self) -> None:
        """Take whatever is left: enough was seen."""
        with self.taken.get_lock():
            self.taken.value = self.commands

    def open(self) -> SqlStore:
        """The book, spoilt where it should be."""
        store = self.home.open()
        if self.broken == NO_LOCK:
            _unlock(store)
        if self.broken in BROKEN_TURNS:
            part, instead = BROKEN_TURNS[self.broken]
            assert part in outright._AS_EXPECTED
            outright._AS_EXPECTED = outright._AS_EXPECTED.replace(part, instead)
        return store

    def attend(self, who: str, life: Callable[[Findings], object]) -> None:
        """Live, and leave findings for the end; whoever is told that something went wrong ends the race."""
        findings = Findings()
        try:
            life(findings)
        except GoldenthreadError as error:
            findings.wrong.append(f"{who} was told: {error}")
            self.stop()
        (self.folder / f"{who}.json").write_bytes(msgspec.json.encode(findings))


def _unlock(store: SqlStore) -> None:
    """Every process holds a lock of its own."""
    match store._database:
        case PostgresDatabase() as database:
            database.lock_key = lambda name: os.getpid()  # type: ignore[method-assign]  # that is the fault
        case SqliteDatabase() as database:
            database.file_lock = None
            database.writing = SqliteBlock(database, "BEGIN DEFERRED", keeps=True)


class Writer:
    """Sends commands until all are taken."""

    def __init__(self, race: Race, seed: int) -> None:
        self.race = race
        self.random = random.Random(seed)
        self.attempts = count()
        self.known = dict.fromkeys(STREAMS, 0)
        self.findings: Findings
        self.store: SqlStore

    def live(self, findings: Findings) -> None:
        """Until the end, or until something goes wrong."""
        self.findings, self.store = findings, self.race.open()
        while (name := self.race.take()) is not None:
            self.send(name)

    def send(self, name: str) -> None:
        """Send one command, deciding anew as long as others are faster."""
        stream, *others = self.random.sample(STREAMS, self.random.choice((1, 1, 1, 2)))
        read = self.versions({each: self.known[each] for each in (stream, *others)})
        for tries in count(1):
            try:
                facts = self.store.commit(self.unit(name, stream, read))
            except StaleRead as stale:
                read = self.lost(stale, read)
                continue
            except CommandExists as known:
                first, last = known.row.first_position, known.row.last_position
                answer = Outcome(name=name, wrote=False, first=first, last=last, tries=tries)
            else:
                first, last = facts[0].position, facts[-1].position
                answer = Outcome(
                    name=name,
                    wrote=True,
                    first=first,
                    last=last,
                    stream=stream,
                    version=read[stream],
                    others={other: version for other, version in read.items() if other != stream},
                    tries=tries,
                )
            self.known.update(read)
            self.findings.outcomes.append(answer)
            return

    def lost(self, stale: StaleRead, read: dict[str, int]) -> dict[str, int]:
        """Somebody was faster: what was said about it must be true, and is what is decided on next."""
        self.findings.stale += 1
        after = self.versions(read)
        for stream, (was, now) in stale.grown.items():
            if was != read.get(stream) or not was < now <= after[stream]:
                self.findings.wrong.append(
                    f"A loser decided on {stream}@{read.get(stream)} was told {was}→{now}; it stands at {after[stream]}."
                )
        if not stale.grown:
            self.findings.wrong.append(f"A loser decided on {read} was not told what had grown.")
        return {stream: stale.grown.get(stream, (was, was))[1] for stream, was in read.items()}

    def versions(self, streams: Mapping[str, int]) -> dict[str, int]:
        """Where streams stand now."""
        grown = self.store.streams(streams)
        return {stream: was + len(grown[stream]) for stream, was in streams.items()}

    def unit(self, name: str, stream: str, read: Mapping[str, int]) -> Unit:
        """Two facts with a text and a notice; the same request whoever sends it."""
        spoilt = self.race.broken
        command_id = f"{name}-{os.getpid()}-{next(self.attempts)}" if spoilt == NO_ID else name
        at, text = self.race.now(), text_of(name)
        draft = Draft(
            stream=stream,
            event=PersonAdded(person=name, name=text.ref),
            received_at=at,
            effective_on=moment(at).date(),
            actor="p1",
            account="writer@host",
            command_id=command_id,
            correlation_id=command_id,
        )
        second = replace(draft, event=MeetingAdded(body=name, on=draft.effective_on))
        notice = Notice(to="cabinet", kind=KIND, subject=name, words="answer")
        part = Part(command_id=command_id, request_digest=name, drafts=[draft, second], notices=[(0, notice)])
        return Unit(parts=[part], read={} if spoilt == NO_CHECK else read, texts=[text], now=at)


def text_of(name: str) -> Text:
    """The text of a command."""
    return Text(hashlib.sha256(name.encode()).digest()[:16], f"Said by {name}")


class Ticker:
    """Passes deadlines that are due, one in a unit of work, spread over the race, and finds nothing due in between."""

    def __init__(self, race: Race, deadlines: int) -> None:
        self.race, self.every = race, max(1, race.commands // deadlines)

    def live(self, findings: Findings) -> None:
        """Until the race is over and nothing is due."""
        ticking.MOST_FIRINGS = 1
        council = Council.joining(self.race.council, self.race.open())
        while True:
            last = self.race.over
            ticked = ticking.tick(council.engine, council.now(), stop=lambda: not self.race.over)
            findings.ticks += 1
            findings.wrong += [f"A firing failed: {failed}" for failed in ticked.failed]
            if last or findings.wrong:
                return
            self.pace(self.race.taken.value + self.every)

    def pace(self, until: int) -> None:
        """Let the writers go on for a while."""
        while not self.race.over and self.race.taken.value < until:
            time.sleep(0.001)


class Keeper:
    """Marks notices as sent, and erases some of the texts they speak of; the last to leave."""

    def __init__(self, race: Race) -> None:
        self.race = race

    def live(self, findings: Findings) -> None:
        """Until nobody writes any more and everything is sent."""
        store = self.race.open()
        at = self.race.council.now()
        while True:
            last = self.race.closed.value
            waiting = store.outbox(limit=50)
            store.mark_sent([row.id for row in waiting], at)
            findings.sent += len(waiting)
            for row in waiting:
                if row.notice.kind == KIND and row.id % ERASED == 0:
                    findings.erased += store.erase(text_of(row.notice.subject).ref, at)
            if last and not waiting:
                return
