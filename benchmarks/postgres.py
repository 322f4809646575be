"""The log in PostgreSQL against the `eventsourcing` library on the same server: `python -m benchmarks.postgres [rounds]`.

How it is measured. Both write the figures of `benchmarks/log.py`, with the same envelope, to schemas of one server in
turn, each task `rounds` times; the figure is the least of each. Counted is CPU time: that of this process
(`time.process_time`), and in total that of the server's processes for clients besides (from `/proc`, so only where
the server runs on this machine). Waiting, for the disk or for one another, is not counted, nor are the server's
background processes, which both sides share. The server is that of the tests: `GOLDENTHREAD_TEST_DATABASE_URL`, or one
started from a wheel (there without fsync, which the other's server is not asked for either).

The library is used as its documentation shows, once as it comes (`INSERT`s in a pipeline), and once with its
`POSTGRES_ENABLE_DB_FUNCTIONS`, where a function of the database takes all events of a batch in one array; it locks its
table against other writers, we take the append lock, look the command up, and check the versions. No view is kept.

Round trips are counted by libpq's own trace of one commit of one fact: how often a side stops talking and waits.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import psycopg
from eventsourcing.application import Application
from psycopg._pipeline_base import BasePipeline

from adapters.sql import open_postgres
from benchmarks import log
from benchmarks.servers import Backends, new_schema, server

SINGLES, EVENTS = 500, 10_000


def whole_sync(pipeline: Any) -> Iterator[Any]:
    """Send everything before waiting: psycopg 3.3 waits for ever where the socket does not take all at once."""
    pipeline._enqueue_sync()
    yield from pipeline._communicate_gen()
    yield from pipeline._fetch_gen(flush=True)


class Theirs(log.Theirs):
    """The library, in a schema of its own."""

    functions = "false"

    def __init__(self, url: str, schema: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'CREATE SCHEMA "{schema}"')
        about = psycopg.conninfo.conninfo_to_dict(url)
        env = {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(about["dbname"]),
            "POSTGRES_HOST": str(about.get("host", "localhost")),
            "POSTGRES_PORT": str(about.get("port", 5432)),
            "POSTGRES_USER": str(about.get("user", "postgres")),
            "POSTGRES_PASSWORD": str(about.get("password", "")),
            "POSTGRES_SCHEMA": schema,
            "POSTGRES_POOL_SIZE": "1",
            "POSTGRES_MAX_OVERFLOW": "0",
            "POSTGRES_ENABLE_DB_FUNCTIONS": self.functions,
        }
        self.app = Application(env=env)
        self.series = log.Series("CH04", "childrens")
        self.app.save(self.series)
        self.ids = count()

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """The one it writes on."""
        recorder: Any = self.app.recorder
        with recorder.datastore.get_connection() as connection:
            yield connection

    def save(self, events: int) -> None:
        for _ in range(events):
            self.confirm(next(self.ids))
        self.app.save(self.series)


class TheirFunctions(Theirs):
    """The same with its functions in the database."""

    functions = "true"


class Ours(log.Ours):
    """Goldenthread's store, in a schema of its own."""

    def __init__(self, url: str, schema: str) -> None:
        self.store = open_postgres(url, schema, [], create=True)
        self.version = 0
        self.ids = count()

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """The one it writes on."""
        database: Any = self.store._database
        yield database.open_connection()

    save = log.Ours.commit


Side = Ours | Theirs
SIDES: tuple[Callable[[str, str], Side], ...] = (Theirs, TheirFunctions, Ours)


def batches(size: int) -> Callable[[Side], None]:
    """Save `size` events at a time, until there are enough."""
    return lambda side: [side.save(size) for _ in range(EVENTS // size)] and None


TASKS: dict[str, tuple[Callable[[Side], None], int, float, float]] = {
    "one event a transaction": (lambda side: [side.save(1) for _ in range(SINGLES)] and None, SINGLES, 0, 0),
    "100 a transaction": (batches(100), EVENTS, 2.5, 4.0),
    "1,000 a transaction": (batches(1_000), EVENTS, 3.5, 6.0),
    "replay, decoded": (lambda side: side.replay(), EVENTS, 2.5, 2.5),
    "fold, by pages": (lambda side: side.fold(), EVENTS, 0, 0),
}
"""Words → what is done, events, ratio wanted and aimed at (0: none)."""
WRITES = list(TASKS)[:3]


def one_round(url: str) -> dict[str, list[tuple[float, float]]]:
    """Every task once by each: words → per side (client, server) CPU seconds."""
    found: dict[str, list[tuple[float, float]]] = {}
    for group in (WRITES[:1], WRITES[1:2], [*WRITES[2:], *list(TASKS)[3:]]):
        sides = [make(url, new_schema()) for make in SIDES]
        for side in sides:
            side.save(20)  # statements are prepared, pages are there
        for words in group:
            do = TASKS[words][0]
            found[words] = [_spent(url, side, do) for side in sides]
        for side in sides:
            side.close()
    return found


def _spent(url: str, side: Side, do: Callable[[Side], None]) -> tuple[float, float]:
    backends = Backends(url)
    before = backends.seconds()
    mine = log.spent(lambda: do(side))
    return mine, backends.seconds() - before


def round_trips(url: str, make: Callable[[str, str], Side]) -> int:
    """How often one commit of one fact waits for the server."""
    side = make(url, new_schema())
    for _ in range(10):
        side.save(1)
    folder = Path(tempfile.mkdtemp(prefix="goldenthread-bench-"))
    try:
        with (folder / "trace").open("wb") as trace:
            with side.connection() as connection:
                connection.pgconn.trace(trace.fileno())
            side.save(1)
            with side.connection() as connection:
                connection.pgconn.untrace()
        ways = [line.split(b"\t")[1] for line in (folder / "trace").read_bytes().splitlines()]
    finally:
        shutil.rmtree(folder)
        side.close()
    return sum(way == b"F" and then == b"B" for way, then in pairwise(ways))


def main(rounds: int = 5) -> None:
    """Measure and print."""
    BasePipeline._sync_gen = whole_sync
    url = server()
    trips = [round_trips(url, make) for make in SIDES]
    print(
        f"round trips of one commit of one fact: theirs {trips[0]}, their functions {trips[1]}, ours {trips[2]}"
    )
    runs = [one_round(url) for _ in range(rounds)]
    print(f"\n{'':26}{'theirs':>16}{'functions':>16}{'ours':>16}   theirs / ours   wanted  aim")
    print(f"{'µs CPU an event':26}" + f"{'client  total':>16}" * 3 + "   client  total")
    for words, (_, events, wanted, aim) in TASKS.items():
        best = [
            (
                min(run[words][side][0] for run in runs) / events * 1e6,
                min(sum(run[words][side]) for run in runs) / events * 1e6,
            )
            for side in range(len(SIDES))
        ]
        shown = "".join(f"{client:9.1f}{total:7.1f}" for client, total in best)
        ratios = f"{best[0][0] / best[2][0]:9.2f}{best[0][1] / best[2][1]:7.2f}"
        against = f"{wanted:9.1f}{aim:5.1f}" if wanted else ""
        print(
            f"{words:26}{shown}{ratios}{against}   (functions / ours, total: {best[1][1] / best[2][1]:.2f})"
        )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
