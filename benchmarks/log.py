"""The log against the `eventsourcing` library: `python -m benchmarks.log [rounds]`.

How it is measured. Both write to a new SQLite file on the same disk in the same process, with WAL and
`synchronous=FULL` (the default in that library, asked for in ours), and are timed by `time.process_time`: CPU time
of this process, in Python, in SQLite and in the kernel; waiting for the disk is not counted. Each task is done in
turn by both, `rounds` times; the figure is the least of each, since whatever else the machine does only adds. The garbage
collector runs as always, but is emptied before each task.

What is written. The same figure with the same envelope on both sides: indicator, period, revision, value, who,
from which account, received when, under which command. On our side a fact also gets its leaf hash and a row in
`commands`, and the versions read and the command's id are checked under the append lock; the library checks the
aggregate's version. It is used as its documentation shows: an `Aggregate` with `@event` methods, saved by an
`Application`; the aggregate stays in memory between saves. No view is kept on either side.
  one event a transaction: 1,000 times one fact, one commit
  1,000 a transaction: 10 times a commit of 1,000 facts
  replay: 10,000 events read by position, 250 at a time, and decoded into their types
  fold, by pages: the 10,000 events of a series, read 250 at a time, decoded and folded into a dict of values by
    period; theirs is `repository.get` of the aggregate
  fold, at once: the same, the stream read whole with every fact kept in memory until it is folded

About half of a single append is the kernel's share of fsync, the same on both sides.
"""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from adapters.sql import SqlStore, open_sqlite
from engine.ports import Part, Unit
from events.fact import Draft, Fact
from events.instant import instant
from events.kinds.figures import FigureConfirmed
from events.kinds.workflow import Move
from events.schema import Event

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
STREAM = "series/CH04/childrens"
SINGLES, BATCH, BATCHES, PAGE = 1_000, 1_000, 10, 250
MORE = ("replay", "fold", "fold_at_once")


class Series(Aggregate):
    """The peer's series: the same facts, as its documentation writes them."""

    def __init__(self, indicator: str, service: str) -> None:
        self.indicator = indicator
        self.service = service
        self.values: dict[str, Decimal] = {}

    @event("FigureConfirmed")
    def confirm(
        self,
        period: str,
        revision: int,
        entry: str,
        value: Decimal,
        workflow: str,
        step: str,
        source: str,
        target: str,
        actor: str,
        account: str,
        command_id: str,
        correlation_id: str,
        received_at: datetime,
        effective_on: str,
    ) -> None:
        self.values[period] = value


class Theirs:
    """The library, on a file of its own."""

    def __init__(self, folder: Path) -> None:
        env = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": f"file:{folder / 'theirs.db'}"}
        self.app = Application(env=env)
        self.series = Series("CH04", "childrens")
        self.app.save(self.series)
        self.ids = count()

    def confirm(self, n: int) -> None:
        name = f"01JQZK8M{n:018d}"
        self.series.confirm(
            period=f"{2000 + n % 500}-{1 + n % 12:02d}",
            revision=1,
            entry=f"{STREAM}@{n}",
            value=Decimal(f"{n % 100}.5"),
            workflow="submission",
            step="confirm",
            source="entered",
            target="confirmed",
            actor="p-0042",
            account="clerk@townhall",
            command_id=name,
            correlation_id=name,
            received_at=NOW,
            effective_on="2026-04-01",
        )

    def singles(self) -> None:
        for _ in range(SINGLES):
            self.confirm(next(self.ids))
            self.app.save(self.series)

    def batches(self) -> None:
        for _ in range(BATCHES):
            for _ in range(BATCH):
                self.confirm(next(self.ids))
            self.app.save(self.series)

    def replay(self) -> None:
        seen = 0
        while page := self.app.recorder.select_notifications(
            start=seen, limit=PAGE, inclusive_of_start=False
        ):
            for notification in page:
                self.app.mapper.to_domain_event(notification)
            seen = page[-1].id

    def fold(self) -> None:
        series = self.app.repository.get(self.series.id)
        assert len(series.values) > 1_000

    fold_at_once = fold

    def close(self) -> None:
        self.app.close()


class Ours:
    """Goldenthread's store, on a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.store: SqlStore = open_sqlite(folder / "ours.goldenthread", [], create=True)
        self.version = 0
        self.ids = count()

    def draft(self, n: int, name: str) -> Draft:
        period = f"{2000 + n % 500}-{1 + n % 12:02d}"
        return Draft(
            stream=STREAM,
            event=FigureConfirmed(
                move=Move(
                    workflow="submission",
                    subject=period,
                    step="confirm",
                    source="entered",
                    target="confirmed",
                ),
                period=period,
                revision=1,
                entry=f"{STREAM}@{n}",
                value=Decimal(f"{n % 100}.5"),
            ),
            received_at=instant(NOW),
            effective_on=date(2026, 4, 1),
            actor="p-0042",
            account="clerk@townhall",
            command_id=name,
            correlation_id=name,
        )

    def commit(self, facts: int) -> None:
        name = f"01JQZK8M{next(self.ids):018d}"
        drafts = [self.draft(self.version + n, name) for n in range(facts)]
        part = Part(command_id=name, request_digest="0" * 64, drafts=drafts)
        self.store.commit(Unit(parts=[part], read={STREAM: self.version}, now=instant(NOW)))
        self.version += facts

    def singles(self) -> None:
        for _ in range(SINGLES):
            self.commit(1)

    def batches(self) -> None:
        for _ in range(BATCHES):
            self.commit(BATCH)

    def replay(self) -> None:
        seen = 0
        while page := self.store.page(seen, PAGE):
            seen = page[-1].position

    def fold(self) -> None:
        seen, values = 0, dict[str, Decimal | None]()
        while page := self.store.page(seen, PAGE):
            take_in(values, page)
            seen = page[-1].position
        assert len(values) > 1_000

    def fold_at_once(self) -> None:
        values: dict[str, Decimal | None] = {}
        take_in(values, self.store.streams({STREAM: 0})[STREAM])
        assert len(values) > 1_000

    def close(self) -> None:
        self.store.close()


def take_in(values: dict[str, Decimal | None], facts: list[Fact[Event]]) -> None:
    """The simple state: the latest value of each period."""
    for fact in facts:
        if isinstance(fact.event, FigureConfirmed):
            values[fact.event.period] = fact.event.value


def spent(task: Callable[[], None]) -> float:
    """CPU seconds of one task."""
    gc.collect()
    start = time.process_time()
    task()
    return time.process_time() - start


def one_round() -> dict[str, tuple[float, float]]:
    """Every task once by each: task → (theirs, ours), CPU seconds."""
    folder = Path(tempfile.mkdtemp(prefix="goldenthread-bench-"))
    try:
        found = {}
        for name in ("singles", "batches"):
            sides = [
                side(folder / name) for side in (Theirs, Ours) if not (folder / name).mkdir(exist_ok=True)
            ]
            found[name] = tuple(spent(getattr(side, name)) for side in sides)
            if name == "batches":
                found |= {more: tuple(spent(getattr(side, more)) for side in sides) for more in MORE}
            for side in sides:
                side.close()
        return found
    finally:
        shutil.rmtree(folder)


TASKS = {
    "singles": ("one event a transaction", SINGLES, 1.2, 2.0),
    "batches": ("1,000 a transaction", BATCH * BATCHES, 2.5, 3.0),
    "replay": ("replay, decoded", BATCH * BATCHES, 3.0, 4.5),
    "fold": ("fold, by pages", BATCH * BATCHES, 12.0, 18.0),
    "fold_at_once": ("fold, at once", BATCH * BATCHES, 12.0, 18.0),
}
"""Task → (words, events, ratio wanted, ratio aimed at)."""


def main(rounds: int = 5) -> None:
    """Measure and print."""
    runs = [one_round() for _ in range(rounds)]
    print(
        f"{'':28}{'theirs':>12}{'ours':>12}{'ratio':>9}{'wanted':>9}{'aim':>7}   ({rounds} rounds, µs CPU an event)"
    )
    for name, (words, events, wanted, aim) in TASKS.items():
        theirs, ours = (min(run[name][side] for run in runs) for side in (0, 1))
        print(
            f"{words:28}{theirs / events * 1e6:12.1f}{ours / events * 1e6:12.1f}{theirs / ours:9.2f}{wanted:9.1f}{aim:7.1f}"
        )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
