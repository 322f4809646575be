"""Moving a book to PostgreSQL: events per CPU second of our process: `python -m benchmarks.moving [events]`.

What is moved. The demonstration's facts about series and interventions, again and again under other indicators and
other commands, to 1,000,000 events by default; bodies and hashes are made anew, as the product would have them. The
file is filled without the product's checks, since that is not what is measured.

How it is measured. `time.process_time` of the process that moves: Python, SQLite, the driver and the kernel's share
of both; the server's own CPU is told besides. Four figures, by what the move says it is doing:
  carrying: every row of every table is read from the file and sent with COPY, in transactions of 5,000
  comparing: every row of every table is read on both sides and compared, and the hashes are digested
  views: the log is read there, decoded, and folded into the product's views
  verifying: `audit verify` of the record there, without views
The wanted figure is about carrying. The rest is what a move does besides before anybody may rely on it.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from adapters.sql import open_sqlite
from adapters.sql.moving import move
from adapters.sql.postgres.opening import connect as connect_schema
from adapters.sql.sqlite.opening import connect
from benchmarks.servers import Backends, new_schema, server
from engine.ports import Stored
from engine.views import VIEWS
from events.codec import leaf
from events.instant import Instant
from goldenthread.demo.run import main as make_demo

EVENTS = 1_000_000
DEMO = "demo/example.goldenthread"
WANTED = 50_000
_KINDS = ("series/", "interventions/")
_INSERT = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def main(events: int) -> None:
    """Make a book, move it, print."""
    with tempfile.TemporaryDirectory(prefix="goldenthread-bench-") as name:
        file = Path(name) / "book.goldenthread"
        commands = _fill(file, _demo(Path(name)), events)
        size = file.stat().st_size / events
        print(f"{events:,} events of {commands:,} commands, {size:.0f} bytes of file each", flush=True)
        _move(file, events)


def _move(file: Path, events: int) -> None:
    url = server()
    with (
        closing(connect(file, create=False, read_only=False, wait_seconds=10)) as book,
        closing(connect_schema(url, new_schema(), create=True, read_only=False, wait_seconds=10)) as there,
    ):
        backends = Backends(url)
        shares = _Shares(backends)
        moved = move(book, there, VIEWS, now=Instant("2026-06-01T12:00:00.000000Z"), watch=shares.told)
        shares.told("Closing the file", 1, 1)
    assert moved.events == events, "everything arrived"
    for what, stages in (
        ("carrying", ("Carrying",)),
        ("comparing", ("Comparing",)),
        ("views", ("Filling",)),
        ("verifying", ("Verifying",)),
    ):
        cpu, wall, theirs = shares.of(stages)
        wanted = f" (wanted {WANTED:,})" if what == "carrying" else ""
        print(
            f"  {what:9} {events / cpu:9,.0f} events per CPU second{wanted}; {cpu:.1f} s of ours, "
            f"{theirs:.1f} s of the server, {wall:.1f} s by the clock",
            flush=True,
        )


class _Shares:
    """What was spent since the last thing told, for each stage: our CPU, the clock, the server's CPU."""

    def __init__(self, backends: Backends) -> None:
        self._backends = backends
        self._spent: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        self._last = self._now()

    def told(self, stage: str, _: int, __: int) -> None:
        now = self._now()
        for number, (since, until) in enumerate(zip(self._last, now, strict=True)):
            self._spent[stage.split()[0]][number] += until - since
        self._last = now

    def of(self, stages: tuple[str, ...]) -> tuple[float, float, float]:
        ours, clock, theirs = (sum(self._spent[stage][number] for stage in stages) for number in range(3))
        return ours, clock, theirs

    def _now(self) -> tuple[float, float, float]:
        return time.process_time(), time.perf_counter(), self._backends.seconds()


def _demo(folder: Path) -> list[Stored]:
    make_demo((folder / DEMO).parent, lambda line: None)
    with closing(open_sqlite(folder / DEMO, (), create=False, read_only=True)) as store:
        return [row for row in store.stored(0, 1_000_000) if row.stream.startswith(_KINDS)]


def _fill(file: Path, rows: list[Stored], events: int) -> int:
    """Write events and commands straight into the tables of a new book; answers how many commands."""
    open_sqlite(file, (), create=True).close()
    with closing(sqlite3.connect(file, isolation_level=None)) as book:
        book.execute("PRAGMA synchronous=OFF")
        book.execute("ATTACH ? AS demo", (str(file.parent / DEMO),))
        book.execute("BEGIN")
        book.executemany(_INSERT, islice(_copies(rows), events))
        book.execute(
            "INSERT INTO commands SELECT command_id, 'digest', min(position), max(position) FROM events "
            "GROUP BY command_id"
        )
        book.execute("INSERT INTO texts SELECT * FROM demo.texts")
        book.execute("COMMIT")
        return int(book.execute("SELECT count(*) FROM commands").fetchone()[0])


def _copies(rows: list[Stored]) -> Iterator[tuple[Any, ...]]:
    position, copy = 0, 0
    while True:
        for row in rows:
            position += 1
            yield _copied(row, position, f".{copy}", rows[-1].recorded_at)
        copy += 1


def _copied(row: Stored, position: int, mark: str, recorded_at: str) -> tuple[Any, ...]:
    """The fact again, about an indicator and by a command that are called otherwise."""
    kind, indicator, service = row.stream.split("/", 2)
    old, other = f"/{indicator}/", f"/{indicator}{mark}/"
    command = row.command_id.replace(old, other)
    body = row.body.replace(old.encode(), other.encode())
    body = body.replace(f'"{command}"'.encode(), f'"{command}{mark}"'.encode())
    body = body.replace(
        f'"recorded_at":"{row.recorded_at}"'.encode(), f'"recorded_at":"{recorded_at}"'.encode()
    )
    caused_by = row.caused_by and row.caused_by.replace(old, other)
    correlation = row.correlation_id.replace(old, other)
    if row.correlation_id == row.command_id:
        correlation += mark
    return (
        position, f"{kind}{other}{service}", row.version, row.type, row.schema, recorded_at, row.effective_on,
        row.actor, command + mark, correlation, caused_by, body, leaf(body),
    )  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else EVENTS)
