"""Several writers in PostgreSQL at once: what the append lock costs, and what it saves: `python -m benchmarks.writers [rounds]`.

Four processes write to one book, each to a stream of its own, while a fifth process tails the log: it asks again and again for
what comes after the last position it has seen. The unsafe peer is the table that one would write first: the same
columns and indexes, positions from an identity column, the same rows in a transaction, with no lock, no check of
command or version, nothing read. It goes to the server in two ways: "unsafe" by the same code as ours, all in one turn;
"ordinary" as one would write it first, with the driver's cursor and its round trips. All build and encode every
fact, stamped by the clock; every fiftieth transaction is given up half-way, as happens when somebody else was faster.
They take turns, `rounds` times; all figures are of the whole of a round: facts a second by the clock, since waiting
for one another is the question here, and CPU time a fact of the writers and their servers' processes.

Missed: facts in the table that the tailing reader passed over. Holes: positions below the last that no fact has.
Afterwards 1, 2, 4 and 8 processes write to as many books, which share nothing but the server.

Without the disk (fsync off) processors are the limit; with it, transactions under a lock flush one after another
where unsafe ones flush together. The latter is shown where the server is the benchmark's own.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.synchronize import Barrier, Event
from typing import Any, NamedTuple

import psycopg

from adapters.clock import SystemClock
from adapters.sql import open_postgres
from adapters.sql.append import _row
from adapters.sql.postgres.bulk import write_together
from adapters.sql.postgres.connection import PostgresDatabase
from adapters.sql.postgres.cursor import LineCursor
from adapters.sql.postgres.opening import connect
from adapters.sql.rows import Rows, Write
from adapters.sql.schema import COMMANDS, EVENTS
from benchmarks.facts import drafts
from benchmarks.servers import Backends, new_schema, server
from engine import stamp
from engine.ports import Part, StaleRead, Unit
from events.codec import encode
from events.instant import instant
from tests.postgres import GIVEN

WRITERS, GIVEN_UP = 4, 50
SIZES = ((1, 600), (10, 300), (100, 60))
"""(facts a transaction, transactions of each writer)."""
Rowed = list[tuple[object, ...]]
_CLOCK = SystemClock()
_PROCESSES = multiprocessing.get_context("spawn")


class Task(NamedTuple):
    """What one writer does."""

    url: str
    schema: str
    number: int
    size: int
    commits: int


class Round(NamedTuple):
    """What came of one round."""

    facts: int
    seconds: float
    cpu: float
    missed: int
    holes: int


def safe(task: Task) -> Callable[[int], None]:
    """Our store; answers what writes one transaction."""
    store = open_postgres(task.url, task.schema, [], create=False, wait_seconds=600)
    stream, version = f"series/CH04/s{task.number}", 0

    def commit(number: int) -> None:
        nonlocal version
        name = f"C{task.number}-{number}"
        part = Part(command_id=name, request_digest="0" * 64, drafts=drafts(stream, version, task.size, name))
        given_up = number % GIVEN_UP == GIVEN_UP - 1
        read = version + 1 if given_up else version
        try:
            store.commit(Unit(parts=[part], read={stream: read}, now=instant(_CLOCK.now())))
            version += task.size
        except StaleRead:
            assert given_up

    return commit


def unsafe(task: Task) -> Callable[[int], None]:
    """The same rows, their positions from an identity column, in one turn with the server."""
    database = _connected(task)
    line, (events, commands) = database.open_line(), _tables(database)

    def write(rows: Rowed, command: Rowed, keep: bool) -> None:
        line.send("BEGIN")
        write_together(LineCursor(line), [Write(events, rows), Write(commands, command)])
        line.send("COMMIT" if keep else "ROLLBACK")
        line.check(line.answers())

    return _writing(task, write)


def ordinary(task: Task) -> Callable[[int], None]:
    """The same by the driver's cursor: BEGIN and the facts, the command, and COMMIT are waited for one by one."""
    database = _connected(task)
    connection, (events, commands) = database.open_connection(), _tables(database)
    connection.autocommit = False
    connection.prepare_threshold = 5  # as the driver comes

    def write(rows: Rowed, command: Rowed, keep: bool) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(events.insert.encode(), rows)
            cursor.execute(commands.insert.encode(), command[0])
        connection.commit() if keep else connection.rollback()

    return _writing(task, write)


def _connected(task: Task) -> PostgresDatabase:
    return connect(task.url, task.schema, create=False, read_only=False, wait_seconds=600)


def _tables(database: PostgresDatabase) -> tuple[Rows, Rows]:
    named = [column.name for column in EVENTS.c if column.name != "position"]
    return Rows(EVENTS, database.dialect, named), Rows(COMMANDS, database.dialect)


def _writing(task: Task, write: Callable[[Rowed, Rowed, bool], None]) -> Callable[[int], None]:
    stream, version = f"series/CH04/s{task.number}", 0

    def commit(number: int) -> None:
        nonlocal version
        name = f"C{task.number}-{number}"
        part = Part(command_id=name, request_digest="0" * 64, drafts=drafts(stream, version, task.size, name))
        now = instant(_CLOCK.now())
        (facts,) = stamp.stamp(Unit(parts=[part], read={}, now=now), 0, {stream: version}, now)
        keep = number % GIVEN_UP != GIVEN_UP - 1
        write([_row(fact, encode(fact))[1:] for fact in facts], [(name, "0" * 64, 1, 1)], keep)
        version += task.size if keep else 0

    return commit


def write(kind: Callable[[Task], Callable[[int], None]], task: Task, start: Barrier, answers: Any) -> None:
    """A writer's process: its CPU seconds are its answer."""
    commit = kind(task)
    start.wait()
    before = time.process_time()
    for number in range(task.commits):
        commit(number)
    start.wait()  # everybody has finished; the connection stays until its server's process has been asked
    answers.put(time.process_time() - before)
    start.wait()


def tail(url: str, schema: str, ready: Event, end: Event, answers: Any) -> None:
    """The reader's process: how many facts it saw, asking only for what comes after the last."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"SET search_path TO {schema}".encode())
        seen, last, more = 0, 0, True
        ready.set()
        while more:
            more = not end.is_set()  # once after the end as well
            asked = "SELECT position FROM events WHERE position > %s ORDER BY position LIMIT 1000"
            while found := connection.execute(asked, (last,)).fetchall():
                seen, last = seen + len(found), found[-1][0]
            time.sleep(0.002)
    answers.put(seen)


def one_round(kind: Callable[[Task], Callable[[int], None]], tasks: Sequence[Task], reading: bool) -> Round:
    """Everybody writes at once."""
    start, end, ready = _PROCESSES.Barrier(len(tasks) + 1), _PROCESSES.Event(), _PROCESSES.Event()
    spent, seen = _PROCESSES.Queue(), _PROCESSES.Queue()
    writers = [_PROCESSES.Process(target=write, args=(kind, task, start, spent)) for task in tasks]
    url, schema = tasks[0].url, tasks[0].schema
    readers = [_PROCESSES.Process(target=tail, args=(url, schema, ready, end, seen))] if reading else []
    for process in readers:
        process.start()
        ready.wait()
    tailing = set(Backends(url).ids)
    for process in writers:
        process.start()
    start.wait()
    backends = Backends(url)
    backends.ids = [number for number in backends.ids if number not in tailing]
    before, began = backends.seconds(), time.perf_counter()
    start.wait()
    seconds, cpu = time.perf_counter() - began, backends.seconds() - before
    start.wait()
    cpu += sum(spent.get() for _ in tasks)
    end.set()
    read = seen.get() if reading else None
    for process in (*writers, *readers):
        process.join()
    with psycopg.connect(url, autocommit=True) as connection:
        counts = [
            connection.execute(f"SELECT count(*), max(position) FROM {each}.events".encode()).fetchone()
            for each in dict.fromkeys(task.schema for task in tasks)
        ]
    facts, last = (sum(count[n] for count in counts if count) for n in (0, 1))
    return Round(facts, seconds, cpu, facts - read if read is not None else 0, last - facts)


def make_safe(url: str) -> str:
    """A new book."""
    schema = new_schema()
    open_postgres(url, schema, [], create=True).close()
    return schema


def make_unsafe(url: str) -> str:
    """The same tables in a schema, but for the position."""
    schema = make_safe(url)
    with psycopg.connect(url, autocommit=True) as connection:
        column = f"ALTER TABLE {schema}.events ALTER COLUMN position ADD GENERATED ALWAYS AS IDENTITY"
        connection.execute(column.encode())
    return schema


WAYS: dict[str, tuple[Callable[[Task], Callable[[int], None]], Callable[[str], str]]] = {
    "safe": (safe, make_safe),
    "unsafe": (unsafe, make_unsafe),
    "ordinary": (ordinary, make_unsafe),
}
"""How facts are written, and where to."""


def compare(url: str, rounds: int) -> None:
    """Four writers on one book, ours against both others, in turn."""
    print(
        f"{'facts a transaction':22}{'facts a second':>14}{'ours / theirs (least to most)':>32}"
        f"{'µs CPU a fact':>16}{'missed':>9}{'holes':>9}"
    )
    for size, commits in SIZES:
        runs: dict[str, list[Round]] = {name: [] for name in WAYS}
        for _ in range(rounds):
            for name, (kind, make) in WAYS.items():
                schema = make(url)
                tasks = [Task(url, schema, number, size, commits) for number in range(WRITERS)]
                runs[name].append(one_round(kind, tasks, reading=True))
        for name, theirs in runs.items():
            _tell(f"{size:3} {name}", runs["safe"], theirs)


def _tell(words: str, ours: list[Round], theirs: list[Round]) -> None:
    speeds = [[run.facts / run.seconds for run in runs] for runs in (ours, theirs)]
    ratios = sorted(mine / other for mine, other in zip(*speeds, strict=True))
    against = (
        f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})" if ours is not theirs else ""
    )
    missed, holes = (sum(run[n] for run in theirs) for n in (3, 4))
    print(
        f"{words:22}{statistics.median(speeds[1]):14,.0f}{against:>32}"
        f"{min(run.cpu / run.facts for run in theirs) * 1e6:16.0f}{missed:9,}{holes:9,}",
        flush=True,
    )


def scale(url: str, rounds: int, size: int = 10) -> None:
    """As many writers as books."""
    print(
        f"\nwriters on as many books ({size} facts a transaction), facts a second; this machine has {os.cpu_count()} processors"
    )
    alone = 0.0
    for writers in (1, 2, 4, 8):
        speeds = []
        for _ in range(rounds):
            tasks = [Task(url, make_safe(url), number, size, 300) for number in range(writers)]
            run = one_round(safe, tasks, reading=False)
            speeds.append(run.facts / run.seconds)
        alone = alone or statistics.median(speeds)
        print(
            f"{writers:4}{statistics.median(speeds):12,.0f}   {statistics.median(speeds) / alone:.2f} times one",
            flush=True,
        )


@contextmanager
def with_disk(url: str) -> Iterator[None]:
    """The server flushes to the disk at every commit."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("on", "off"):
            connection.execute(f"ALTER SYSTEM SET fsync TO {setting}".encode())
            connection.execute("SELECT pg_reload_conf()")
            if setting == "on":
                yield


def main(rounds: int = 5) -> None:
    """Measure and print."""
    url = server()
    print(f"{WRITERS} writers on one book, facts a second; {rounds} rounds in turn, medians")
    compare(url, rounds)
    if GIVEN not in os.environ:
        print("\nthe same with fsync")
        with with_disk(url):
            compare(url, rounds)
    scale(url, rounds)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
