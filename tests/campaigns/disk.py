"""A disk that fills up under a book, again and again: what was refused was not done, and what was answered stands.

The campaign runs in a child, since one kind of disk is a limit of a process.
"""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import msgspec

from adapters.sql import SqlStore
from adapters.sql.rows import Write
from adapters.sql.turns import write_all
from engine.audit.verify import verify
from engine.ports import Store, Unit
from engine.testing.council import LONDON, Council
from engine.views import VIEWS
from events.errors import GoldenthreadError, Unavailable
from events.fact import Fact
from events.schema import Event
from tests.campaigns.children import start, was_killed
from tests.campaigns.disks import Disk
from tests.campaigns.matters import ANALYST, at, council_in, passed, watch

MOST_LEFT = 256 * 1024
MOST_COMMANDS = 1_000
"""So many commands fill what is left for certain."""


@dataclass
class Report:
    """What came of it; `faults` must be empty."""

    disk: str
    seed: int
    steps: int = 0
    acknowledged: int = 0
    refused: int = 0
    refused_opening: int = 0
    """How often not even the book's helping files could be made; that is told in the same sentence."""
    events: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether everything refused was told in a sentence and left no trace, and everything answered stands."""
        return not self.faults


class Swallows:
    """A store that answers as if the disk had taken everything."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        """Whatever happens."""
        try:
            return self._store.commit(unit)
        except Unavailable:
            return []

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


class TextsLater(Swallows):
    """A store that keeps texts in a transaction of their own, after the facts that cite them."""

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        """Two transactions."""
        facts = self._store.commit(msgspec.structs.replace(unit, texts=()))
        store = self._store
        assert isinstance(store, SqlStore)
        with store._database.writing as cursor:
            kept = [(text.ref, text.nonce, text.text) for text in unit.texts]
            write_all(cursor, store._append.dialect, [Write(store._append.texts, kept)])
        return facts


class Blames(Swallows):
    """A store that lets the driver's own exception through."""

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        """With whatever the database said."""
        try:
            return self._store.commit(unit)
        except Unavailable as error:
            raise error.__cause__ or error from None


BROKEN: dict[str, Callable[[SqlStore], object]] = {
    "acknowledges what the disk did not take": Swallows,
    "keeps texts in another transaction": TextsLater,
    "shows what the driver said": Blames,
}


def run(disk: Disk, told: Path, steps: int, seed: int, broken: str | None = None) -> Report:
    """The campaign, in a child that leaves its report in the file `told`, on another disk."""

    def live() -> None:
        report = Report(type(disk).__name__, seed)
        try:
            _Campaign(disk, random.Random(seed), report, broken).live(steps)
        finally:
            disk.make_room()
            told.write_bytes(pickle.dumps(report))

    assert not was_killed(start(live))
    report = pickle.loads(told.read_bytes())  # our own child wrote it
    assert isinstance(report, Report)
    return report


class _Campaign:
    def __init__(self, disk: Disk, chance: random.Random, report: Report, broken: str | None) -> None:
        self.disk, self.chance, self.report = disk, chance, report
        self.home = disk.home
        self.spoil = BROKEN[broken] if broken else lambda store: store
        self.acknowledged: list[str] = []
        self.council = council_in(self.home.make(), date(2026, 4, 1))
        watch(self.council, date(2026, 4, 10))
        self._sit_down(self.council.store)

    def live(self, steps: int) -> None:
        """Fill and make room so many times; then look."""
        disk, report = self.disk, self.report
        for step in range(steps):
            disk.fill(self.chance.randrange(MOST_LEFT))
            name = self._until_refused(step)
            self._still_reads(name)
            if step == steps // 2:
                self._tick_is_refused()
            if step % 3 == 2:
                self._open_again()
            disk.make_room()
            self._once_more(name)
            report.steps += 1
            if report.faults:
                break
        self._examine()

    def _sit_down(self, store: Store) -> None:
        self.council = Council.joining(self.council, self.spoil(store))  # type: ignore[arg-type]  # a store, or a spoilt one

    def _comment(self, name: str) -> bool:
        """Say something, long or short, that no database can store in less; answers whether it was said before."""
        own = random.Random(name)
        words = {"comment": own.randbytes(own.randrange(10_000)).hex()}
        about = "AE4/acute/2026-02"
        return self.council.figure(ANALYST, "comment", about, words=words, command_id=name).repeated

    def _until_refused(self, step: int) -> str:
        for number in range(MOST_COMMANDS):
            name = f"S{step}-{number}"
            try:
                self._comment(name)
            except Unavailable as refused:
                self.report.refused += 1
                self._told(refused)
                return name
            except Exception as error:  # noqa: BLE001  # anything else is what this campaign is to find
                self.report.faults.append(f"Not a sentence but {error!r}.")
                return name
            self.acknowledged.append(name)
        self.report.faults.append("The disk never filled up.")
        return name

    def _told(self, refused: GoldenthreadError) -> None:
        codes = [problem.code for problem in refused.problems]
        if (
            codes != ["GT-DB-005"]
            or "Make room" not in str(refused)
            or "nothing of it was recorded" not in str(refused)
        ):
            self.report.faults.append(f"Told otherwise: {refused}")

    def _still_reads(self, refused: str) -> None:
        """Through the store that was refused, and through another one that only reads."""
        own = self.council.store
        if own.command(refused) is not None:
            self.report.faults.append(f"{refused} was refused, and stands in the log.")
        if self.acknowledged and own.command(self.acknowledged[-1]) is None:
            self.report.faults.append(f"{self.acknowledged[-1]} was acknowledged, and is not in the log.")
        reader = self.disk.reader()
        if reader.head() != own.head():
            self.report.faults.append("Two readers see two logs.")
        reader.close()

    def _tick_is_refused(self) -> None:
        """Deadlines wait as well, and are not made incidents of."""
        at(self.council, datetime(2026, 5, 1, 9, tzinfo=LONDON))
        try:
            self.council.tick()
            self.report.faults.append("A tick was done on a full disk.")
        except Unavailable as refused:
            self._told(refused)

    def _open_again(self) -> None:
        """Whoever starts while nothing at all is left can work with what is there, or is told the same."""
        if self.chance.random() < 0.5:
            self.disk.make_room()  # so that closing leaves one file, and opening has to make the others
        self.council.store.close()
        self.disk.fill(0)
        try:
            store = self.home.open()
        except Unavailable as refused:
            self.report.refused_opening += 1
            self._told(refused)
            self.disk.make_room()
            store = self.home.open()
        store.head()
        self._sit_down(store)

    def _once_more(self, name: str) -> None:
        """There is room: the same command is done, once, and so is a tick."""
        try:
            if self._comment(name):
                self.report.faults.append(f"{name} was refused, and is answered as if it had been done.")
            if not self._comment(name):
                self.report.faults.append(f"{name} is done a second time.")
            self.acknowledged.append(name)
            self.council.tick()
        except GoldenthreadError as refused:
            self.report.faults.append(f"There is room, and still it is refused: {refused}")

    def _examine(self) -> None:
        self.council.store.close()
        store, report = self.home.open(), self.report
        report.acknowledged, report.events = len(self.acknowledged), store.head().position
        said = store.find(types=["figure.commented"], limit=10**6)
        if sorted(fact.command_id for fact in said) != sorted(self.acknowledged):
            report.faults.append(f"{len(self.acknowledged)} acknowledged, {len(said)} in the log.")
        if len(passed(Council.joining(self.council, store))) != 1:
            report.faults.append("The deadline did not pass once.")
        report.faults += [incident.sentence for incident in store.incidents()]
        report.faults += [fault.sentence for fault in verify(store, views=VIEWS).faults]
        store.close()
