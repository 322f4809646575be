"""Racing writers on one book, killed without warning again and again; then the book is asked what became of it all.

Each writer notes what it is about to send, sends it, and notes the acknowledgement, in files of its own that outlive
it. Whoever comes after it sends again, under the same id, what was never acknowledged.
"""

from __future__ import annotations

import gc
import os
import random
import select
import signal
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from adapters.sql import SqlStore, open_sqlite
from engine.audit import verify
from engine.folding import by_command
from engine.ports import CommandExists, Notice, Part, StaleRead, Unit
from engine.view import Key, Row
from events.fact import Draft, Fact
from events.instant import instant
from events.kinds.register import MeetingAdded
from events.schema import Event

MOST_PULSES = 16
"""A loop is killed at the latest after so many openings and acknowledgements of all writers together."""
STREAMS = ("series/A/x", "series/B/x", "series/C/x", "series/D/x")
START = datetime(2026, 4, 1, tzinfo=UTC)

BROKEN = (
    "acknowledges before it commits",
    "forgets the id of what it sends again",
    "moves views after the commit",
)
"""Ways to spoil the writers that the campaign must notice."""


class Tally:
    """How many facts a stream holds, and the last one: a row that every writer fights for."""

    name = "tally"
    columns: Mapping[str, type[str] | type[int]] = {"stream": str, "count": int, "last": str}
    key = ("stream",)
    ranged = True
    indexes: tuple[tuple[str, ...], ...] = ()

    def touches(self, fact: Fact[Event]) -> Iterable[Key]:
        yield (fact.stream,)

    def fold(self, row: Row | None, key: Key, fact: Fact[Event]) -> Row | None:
        return {"count": int(row["count"] or 0) + 1 if row else 1, "last": getattr(fact.event, "body", "")}


@dataclass
class Report:
    """What came of it. Everything from `lost` on must be 0 or empty."""

    seed: int
    kills: int = 0
    acknowledged: int = 0
    sent_again: int = 0
    events: int = 0
    lost: int = 0
    doubled: int = 0
    notices_doubled: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was lost, doubled or left inconsistent."""
        return not (self.lost or self.doubled or self.notices_doubled or self.faults)


class Writer:
    """One writer's life, in a process of its own; `number` owns the two files."""

    def __init__(self, folder: Path, number: int, seed: int, broken: str | None, pulse: int) -> None:
        self.folder, self.number, self.broken, self.pulse = folder, number, broken, pulse
        self.random = random.Random(seed)
        self.sent = os.open(folder / f"sent-{number}", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self.acknowledged = os.open(folder / f"acknowledged-{number}", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self.store: SqlStore
        self.versions = dict.fromkeys(STREAMS, 0)

    def close(self) -> None:
        """Leave the files to the child."""
        os.close(self.sent)
        os.close(self.acknowledged)

    def live(self) -> None:
        """Send what is still open, then new commands, until killed."""
        self.store = open_sqlite(self.folder / "book.goldenthread", [Tally()], create=False)
        os.write(self.pulse, b".")
        for name in sorted(
            noted(self.folder, "sent", self.number) - noted(self.folder, "acknowledged", self.number)
        ):
            self.send(name, again=True)
        while True:
            name = f"W{self.number}-{time.monotonic_ns()}"
            os.write(self.sent, f"{name}\n".encode())
            self.send(name)

    def send(self, name: str, again: bool = False) -> None:
        """Commit one command, deciding anew as long as others are faster."""
        while True:
            stream = self.random.choice(STREAMS)
            if self.broken == BROKEN[0]:
                self.acknowledge(name)
            try:
                self.commit(self.unit(name, stream, again))
            except StaleRead as stale:
                self.versions.update({grown: now for grown, (_, now) in stale.grown.items()})
                continue
            except CommandExists:
                pass
            else:
                self.versions[stream] += FACTS
            self.acknowledge(name)
            return

    def acknowledge(self, name: str) -> None:
        """What a caller was told is done."""
        os.write(self.acknowledged, f"{name}\n".encode())
        os.write(self.pulse, b".")

    def unit(self, name: str, stream: str, again: bool) -> Unit:
        """Facts that carry the name of their command, so that an effect can be recognised whatever its id."""
        forgotten = again and self.broken == BROKEN[1]
        command_id = f"{name}-{time.monotonic_ns()}" if forgotten else name
        now = START + timedelta(microseconds=time.monotonic_ns() // 1000)
        drafts = [
            Draft(
                stream=stream,
                event=MeetingAdded(body=f"{name}/{n}", on=date(2026, 5, 1)),
                received_at=instant(now),
                effective_on=date(2026, 5, 1),
                actor="p-1",
                account="writer@host",
                command_id=command_id,
                correlation_id=command_id,
            )
            for n in range(FACTS)
        ]
        notice = Notice(to="cabinet", kind="task", subject=name, words="answer")
        part = Part(command_id=command_id, request_digest=name, drafts=drafts, notices=[(0, notice)])
        return Unit(parts=[part], read={stream: self.versions[stream]}, now=instant(now))

    def commit(self, unit: Unit) -> None:
        """As the product does it, or spoilt."""
        if self.broken != BROKEN[2]:
            self.store.commit(unit)
            return
        append = self.store._append
        tables, append._tables = append._tables, ()
        facts = self.store.commit(unit)
        append._tables = tables
        with self.store._database.writing as cursor:
            for table in tables:
                table.fold(cursor, by_command(facts))


FACTS = 2


def noted(folder: Path, what: str, number: int | str = "*") -> set[str]:
    """Command ids noted in files; a last line cut short by the kill does not count."""
    text = "".join(path.read_text() for path in folder.glob(f"{what}-{number}"))
    return {line for line in text.splitlines(keepends=False) if line and text.find(f"{line}\n") >= 0}


def run(folder: Path, loops: int, seed: int, writers: int = 2, broken: str | None = None) -> Report:
    """The campaign: start, kill, start again; at the end, look."""
    chance, report = random.Random(seed), Report(seed=seed)
    open_sqlite(folder / "book.goldenthread", [Tally()], create=True).close()
    hears, pulse = os.pipe()
    _warm(folder / "warm")
    for _ in range(loops):
        seeds = [chance.randrange(2**32) for _ in range(writers)]
        children = [_start(Writer(folder, number, seeds[number], broken, pulse)) for number in range(writers)]
        _wait(hears, chance.randrange(MOST_PULSES), chance.uniform(0, 0.003))
        for child in children:
            os.kill(child, signal.SIGKILL)
        for child in children:
            _, status = os.waitpid(child, 0)
            assert os.WIFSIGNALED(status), "a writer ended by itself; its traceback stands above"
            report.kills += 1
        _wait(hears, 10**9, 0)
    gc.unfreeze()
    os.close(hears)
    os.close(pulse)
    _examine(folder, report)
    return report


def _warm(folder: Path) -> None:
    """Do once here what every child would else do first: its statements are compiled when it is forked."""
    folder.mkdir()
    open_sqlite(folder / "book.goldenthread", [Tally()], create=True).close()
    writer = Writer(folder, 0, 0, None, os.open(os.devnull, os.O_WRONLY))
    writer.store = open_sqlite(folder / "book.goldenthread", [Tally()], create=False)
    for number in range(10):
        writer.send(str(number))
    writer.store.close()
    writer.close()
    os.close(writer.pulse)
    gc.collect()
    gc.freeze()


def _start(writer: Writer) -> int:
    child = os.fork()
    if child == 0:
        try:
            writer.live()
        finally:
            traceback.print_exc()
            os._exit(1)
    writer.close()
    return child


def _wait(hears: int, pulses: int, longer: float) -> None:
    """Until the writers have opened the book or acknowledged something so many times, and then a moment longer."""
    patience = 5.0 if pulses < MOST_PULSES else 0.0
    while pulses > 0 and select.select([hears], [], [], patience)[0]:
        pulses -= len(os.read(hears, min(pulses, 4096)))
    time.sleep(longer)


def _examine(folder: Path, report: Report) -> None:
    store = open_sqlite(folder / "book.goldenthread", [Tally()], create=False)
    acknowledged = noted(folder, "acknowledged")
    effects: Counter[str] = Counter()
    after = 0
    while page := store.page(after, 1_000):
        effects.update(fact.event.body for fact in page if isinstance(fact.event, MeetingAdded))
        after = page[-1].position
    report.events, report.acknowledged = after, len(acknowledged)
    report.sent_again = len(noted(folder, "sent") - acknowledged)
    report.lost = sum(1 for name in acknowledged if any(not effects[f"{name}/{n}"] for n in range(FACTS)))
    report.doubled = sum(1 for times in effects.values() if times > 1)
    notices = Counter(row.notice.subject for row in store.outbox(limit=10**9))
    report.notices_doubled = sum(1 for times in notices.values() if times > 1)
    report.faults = [fault.sentence for fault in verify(store, views=[Tally()]).faults]
    if set(notices) != {effect.split("/")[0] for effect in effects}:
        report.faults.append("The outbox does not match the log.")
    store.close()
