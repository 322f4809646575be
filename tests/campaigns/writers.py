"""Racing writers that may die at any moment, and what their book must be like in the end.

Each writer notes what it is about to send, sends it, and notes the acknowledgement, in files of its own that outlive
it. Whoever comes after it sends again, under the same id, what was never acknowledged.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from adapters.sql import SqlStore
from engine.audit.verify import verify
from engine.folding import by_command
from engine.ports import CommandExists, Notice, Part, StaleRead, Unit
from engine.view import Key, Line, columns_of
from events.errors import Unavailable
from events.fact import Draft, Fact
from events.instant import Instant, instant
from events.kinds.register import MeetingAdded
from events.schema import Event
from tests.campaigns.homes import Home

STREAMS = ("series/A/x", "series/B/x", "series/C/x", "series/D/x")
FACTS = 2
"""Facts of one command."""
START = datetime(2026, 4, 1, tzinfo=UTC)
LENGTH = 20
"""Of every command id."""
RETRY_SECONDS = 0.005
"""How long a writer waits before it asks a server again that did not answer."""

BROKEN = (
    "acknowledges before it commits",
    "forgets the id of what it sends again",
    "moves views after the commit",
)
"""Ways to spoil the writers that the campaigns must notice."""


class Counted(Line):
    """How many facts a stream holds, and the last one."""

    stream: str
    count: int
    last: str


class Tally:
    """How many facts a stream holds, and the last one: a row that every writer fights for."""

    name = "tally"
    line = Counted
    columns = columns_of(Counted)
    key = ("stream",)
    ranged = True
    indexes: tuple[tuple[str, ...], ...] = ()
    heeds: tuple[type[Event], ...] = (Event,)

    def touches(self, fact: Fact[Event]) -> Collection[Key]:
        return [(fact.stream,)]

    def fold(self, row: Counted | None, key: Key, fact: Fact[Event]) -> Counted | None:
        return Counted(str(key[0]), row.count + 1 if row else 1, getattr(fact.event, "body", ""))


@dataclass
class Report:
    """What came of it. Everything from `lost` on must be 0 or empty."""

    seed: int
    home: str
    kills: int = 0
    crashes: int = 0
    acknowledged: int = 0
    sent_again: int = 0
    """Sent and never acknowledged when it ended."""
    broken_off: int = 0
    """Attempts that ended with the connection, so that nobody knew their outcome."""
    events: int = 0
    lost: int = 0
    doubled: int = 0
    notices_doubled: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was lost, doubled or left inconsistent."""
        return not (self.lost or self.doubled or self.notices_doubled or self.faults)


def now() -> Instant:
    """An instant that every process of this machine agrees on, and that never falls."""
    return instant(START + timedelta(microseconds=time.monotonic_ns() // 1000))


def drafts(command_id: str, stream: str, bodies: Iterable[str]) -> list[Draft]:
    """Facts of one command that carry these words, so that an effect can be recognised whatever its id."""
    at = now()
    return [
        Draft(
            stream=stream,
            event=MeetingAdded(body=body, on=date(2026, 5, 1)),
            received_at=at,
            effective_on=date(2026, 5, 1),
            actor="p-1",
            account="writer@host",
            command_id=command_id,
            correlation_id=command_id,
        )
        for body in bodies
    ]


class Writer:
    """One writer's life, in a process of its own; `number` owns its files.

    `pulse`: a pipe that gets a byte, the writer's number, at each opening and acknowledgement.
    `patient`: goes on after the server of its book was away; else that is a failure.
    """

    def __init__(
        self,
        home: Home,
        folder: Path,
        number: int,
        seed: int,
        *,
        broken: str | None = None,
        pulse: int,
        patient: bool = False,
    ) -> None:
        self.home, self.folder, self.number, self.broken = home, folder, number, broken
        self.pulse, self.patient = pulse, patient
        self.random, self.parent = random.Random(seed), os.getpid()
        self.sent, self.acknowledged, self.broken_off = (
            os.open(folder / f"{what}-{number}", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            for what in ("sent", "acknowledged", "broken-off")
        )
        self.store: SqlStore
        self.versions = dict.fromkeys(STREAMS, 0)

    def close(self) -> None:
        """Leave the files to the child."""
        for file in (self.sent, self.acknowledged, self.broken_off):
            os.close(file)

    def live(self) -> None:
        """Send what is still open, then new commands, until killed or left alone."""
        self.open()
        for name in sorted(
            noted(self.folder, "sent", self.number) - noted(self.folder, "acknowledged", self.number)
        ):
            self.send(name, again=True)
        while os.getppid() == self.parent:  # an orphan has nobody to kill it
            name = f"W{self.number}-{time.monotonic_ns():0{LENGTH - 3}d}"
            note(self.sent, name)
            self.send(name)

    def open(self) -> None:
        """Open the book, as soon as its server answers."""
        while True:
            try:
                self.store = self.home.open(views=[Tally()])
            except Unavailable:
                if not self.patient:
                    raise
                time.sleep(RETRY_SECONDS)
                continue
            os.write(self.pulse, bytes([self.number]))
            return

    def send(self, name: str, again: bool = False) -> None:
        """Commit one command, deciding anew as long as others are faster or the server is away."""
        while True:
            stream = self.random.choice(STREAMS)
            if self.broken == BROKEN[0]:
                self.acknowledge(name)
            try:
                self.commit(self.unit(name, stream, again))
            except StaleRead as stale:
                self.versions.update({grown: now for grown, (_, now) in stale.grown.items()})
                continue
            except Unavailable:
                if not self.patient:
                    raise
                time.sleep(RETRY_SECONDS)
                note(self.broken_off, name)
                again = True
                continue
            except CommandExists:
                pass
            else:
                self.versions[stream] += FACTS
            self.acknowledge(name)
            return

    def acknowledge(self, name: str) -> None:
        """What a caller was told is done."""
        note(self.acknowledged, name)
        os.write(self.pulse, bytes([self.number]))

    def unit(self, name: str, stream: str, again: bool) -> Unit:
        """The command, with one notice."""
        forgotten = again and self.broken == BROKEN[1]
        command_id = f"{name}-{time.monotonic_ns()}" if forgotten else name
        notice = Notice(to="cabinet", kind="task", subject=name, words="answer")
        part = Part(
            command_id=command_id,
            request_digest=name,
            drafts=drafts(command_id, stream, (f"{name}/{n}" for n in range(FACTS))),
            notices=[(0, notice)],
        )
        return Unit(parts=[part], read={stream: self.versions[stream]}, now=now())

    def commit(self, unit: Unit) -> None:
        """As the product does it, or spoilt."""
        if self.broken != BROKEN[2]:
            self.store.commit(unit)
            return
        append = self.store._append
        tables, append.tables = append.tables, ()
        try:
            facts = self.store.commit(unit)
        finally:
            append.tables = tables
        with self.store._database.writing as cursor:
            for table in tables:
                table.fold(cursor, by_command(facts))


def warm(home: Home, folder: Path) -> None:
    """Do once here what every child would else do first: its statements are compiled when it is forked."""
    home.make(views=[Tally()]).close()
    writer = Writer(home, folder, 0, 0, pulse=os.open(os.devnull, os.O_WRONLY))
    writer.open()
    for number in range(10):
        writer.send(str(number))
    writer.store.close()
    writer.close()
    os.close(writer.pulse)
    home.cleanup()


def note(file: int, name: str) -> None:
    """Note a command id on a line of its own; what a kill cuts short spoils no other line."""
    os.write(file, f"\n{name}\n".encode())


def noted(folder: Path, what: str, number: int | str = "*") -> set[str]:
    """Command ids noted in files; a line cut short by a kill does not count."""
    lines = [line for path in folder.glob(f"{what}-{number}") for line in path.read_text().splitlines()]
    return {line for line in lines if len(line) == LENGTH}


def examine(home: Home, folder: Path, report: Report) -> None:
    """Ask the book what became of everything that was noted."""
    store = home.open(views=[Tally()])
    acknowledged = noted(folder, "acknowledged")
    effects: Counter[str] = Counter()
    after = 0
    while page := store.page(after, 1_000):
        effects.update(fact.event.body for fact in page if isinstance(fact.event, MeetingAdded))
        after = page[-1].position
    report.events, report.acknowledged = after, len(acknowledged)
    report.sent_again = len(noted(folder, "sent") - acknowledged)
    report.broken_off = len(noted(folder, "broken-off"))
    report.lost = sum(1 for name in acknowledged if any(not effects[f"{name}/{n}"] for n in range(FACTS)))
    report.doubled = sum(1 for times in effects.values() if times > 1)
    notices = Counter(row.notice.subject for row in store.outbox(unsent_only=False, limit=10**9))
    report.notices_doubled = sum(1 for times in notices.values() if times > 1)
    report.faults = [fault.sentence for fault in verify(store, views=[Tally()]).faults]
    if set(notices) != {effect.split("/")[0] for effect in effects}:
        report.faults.append("The outbox does not match the log.")
    store.close()
