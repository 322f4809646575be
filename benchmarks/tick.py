"""The tick against APScheduler 3.11's job store: `python -m benchmarks.tick [rounds]`.

How it is measured. CPU time, on SQLite of this process alone (Python, SQLite, the kernel), on PostgreSQL besides that
of the server's processes for clients. Waiting is not counted. Open deadlines beyond those that fall due are put into
the due index's table directly, due in another decade, as many jobs into the job store's table.

Empty: a tick with nothing due, at 10,000 and at 1,000,000 open deadlines, in PostgreSQL before and after the server has counted
what is in the table (ANALYZE); the median of fifty. What the database says it will do for the tick's question is shown.

Due: 100,000 open deadlines, of which 1,000 are due at once: interventions that a body did not answer, under the
demonstration's pack. The tick records each with how late it is, proposes the next rung of the ladder and writes a
notice, or, where the ladder climbs by itself, moves the matter up and sets the next deadline; facts, hashes and views
are written in its transactions. The job store is only asked to hand over its jobs (`_process_jobs` with an executor
that throws them away), so nothing is done and nothing is recorded; each tick is followed by one of these, and the ratios
are of such pairs. The worker has been running (its
states are in memory), or has just started.

Twice: two scheduler processes on one job store, one job for every 50 ms of some seconds; each job adds a line to a file.
The figure is how many jobs ran more than once. Two of our workers on one book: `tests/campaigns/test_deadlines.py`.
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from apscheduler.executors.base import BaseExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import STATE_RUNNING
from sqlalchemy import create_engine

from adapters.holidays import UkHolidays
from adapters.sql import SqlStore, open_postgres, open_sqlite
from adapters.sql.rows import Rows, Write
from adapters.sql.turns import write_all
from benchmarks.servers import Backends, new_schema, server
from engine.commands import Step, TakeSteps
from engine.deadlines.tick import tick
from engine.handle import just_after
from engine.packs.pack import Pack
from engine.testing.council import Council
from engine.views import DUE, VIEWS
from tests.campaigns.packs import automatic, example

SERVICES = 50
OPEN, MANY, OPEN_IN_ALL, FALL_DUE, TICKS = 10_000, 1_000_000, 100_000, 1_000, 50
REFERRED, EVE, FELL_DUE = date(2026, 1, 5), date(2026, 2, 5), date(2026, 2, 6)
"""An answer is wanted within a month: reminders have gone out by the last day, and the day after it is late."""
LATER = datetime(2039, 1, 1, tzinfo=UTC)
JOBS, EVERY = 100, timedelta(milliseconds=50)
_PROCESSES = multiprocessing.get_context("spawn")


class Home:
    """Where books and job stores are made: a folder, or a database."""

    name = "SQLite"
    url: str | None = None

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = 0

    def make(self) -> SqlStore:
        """A new book."""
        self.made += 1
        return open_sqlite(self.folder / f"{self.made}.goldenthread", VIEWS, create=True)

    def again(self) -> SqlStore:
        """The same book, opened by another."""
        return open_sqlite(self.folder / f"{self.made}.goldenthread", VIEWS, create=False)

    def jobs(self) -> str:
        """A URL for a new job store, as SQLAlchemy takes it."""
        self.made += 1
        return f"sqlite:///{self.folder / f'{self.made}.jobs'}"

    @contextmanager
    def counted(self) -> Iterator[Callable[[], float]]:
        """CPU seconds so far."""
        backends = Backends(self.url) if self.url else None
        yield lambda: time.process_time() + (backends.seconds() if backends else 0)

    def plan(self, sql: str, values: Sequence[Any], store: SqlStore) -> str:
        """What the database says it will do."""
        with store._database.reading as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
            return "; ".join(row[-1] for row in cursor.fetchall())


class ServerHome(Home):
    """A database of the server."""

    name = "PostgreSQL"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.url = server()

    def make(self) -> SqlStore:
        self.schema = new_schema()
        return open_postgres(str(self.url), self.schema, VIEWS, create=True)

    def again(self) -> SqlStore:
        return open_postgres(str(self.url), self.schema, VIEWS, create=False)

    def jobs(self) -> str:
        schema = new_schema()
        with psycopg.connect(str(self.url), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}".encode())
        about = psycopg.conninfo.conninfo_to_dict(str(self.url))
        given = {**about, "options": f"-csearch_path={schema}"}
        return "postgresql+psycopg://?" + "&".join(
            f"{name}={value}" for name, value in given.items() if value
        )

    def plan(self, sql: str, values: Sequence[Any], store: SqlStore) -> str:
        with store._database.reading as cursor:
            cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", values)
            return "; ".join(row[0].strip(" ->") for row in cursor.fetchall() if "Sort Key" not in row[0])


def fill(pack: Pack, store: SqlStore, matters: int) -> Council:
    """A council with so many interventions that were referred to a body on one day, so that its answers fall due at one instant."""
    council = Council(pack, REFERRED, store=store, holidays=UkHolidays())
    services = tuple(f"s{number}" for number in range(SERVICES))
    for service in services:
        council.service(service)
    steps = []
    for code in (f"I{number:05d}" for number in range(0, matters, SERVICES)):
        council.indicator(code, *services)
        steps += [_refer(code, service) for service in services]
    for start in range(0, len(steps), 500):
        council.ask(TakeSteps(steps=tuple(steps[start : start + 500])), "p1")
    council.at(EVE)
    council.tick()
    council.at(FELL_DUE, hour=0)
    return council


def _refer(indicator: str, service: str) -> Step:
    return Step(
        workflow="intervention",
        indicator=indicator,
        service=service,
        subject="",
        step="propose",
        fields={"refer_to": "CPEG"},
    )


def put_open(store: SqlStore, count: int) -> None:
    """Rows of the due index, straight into its table."""
    rows = Rows(store._views.kept[DUE.name].shape.now, store._database.dialect)
    for start in range(0, count, 50_000):
        values = [_open(number) for number in range(start, min(start + 50_000, count))]
        with store._database.writing as cursor:
            write_all(cursor, store._database.dialect, [Write(rows, values)])


def _open(number: int) -> tuple[object, ...]:
    due_at = f"{LATER + timedelta(minutes=number):%Y-%m-%dT%H:%M:%S.000000Z}"
    row: dict[str, object] = {
        "stream": f"interventions/X{number:07d}/s{number % 50}",
        "subject": "1",
        "name": "answer",
        "workflow": "intervention",
        "n": 1,
        "due_at": due_at,
        "reminder": 0,
        "deadline_at": due_at,
        "passed": 0,
        "last_day": due_at[:10],
        "rule": "within ten working days",
        "pending": "[]",
    }
    return (*(row.get(column) for column in DUE.columns), 1)


def empty(home: Home) -> None:
    """Ticks with nothing due."""
    spent: dict[tuple[int, str], float] = {}
    for count in (OPEN, MANY):
        store = home.make()
        council = fill(example(), store, 0)
        put_open(store, count)
        states = ["not counted", "counted"] if home.url else [""]
        for state in states:
            if state == "counted":
                with store._database.reading as cursor:
                    cursor.execute("ANALYZE due")
            spent[count, state] = statistics.median(_ticks(home, council))
            print(
                f"  {count:>9,} open {state:12} {spent[count, state] * 1e6:7.0f} µs   {_planned(home, store, council)}",
                flush=True,
            )
        store.close()
    for state in states:
        print(
            f"  {MANY:,} / {OPEN:,} {state:12} {spent[MANY, state] / spent[OPEN, state]:.2f}   (wanted: below 2)"
        )


def _ticks(home: Home, council: Council) -> Iterator[float]:
    for _ in range(10):
        council.tick()  # statements are prepared
    with home.counted() as seconds:
        for _ in range(TICKS):
            before = seconds()
            done = council.tick()
            yield seconds() - before
            assert not done.fired


def _planned(home: Home, store: SqlStore, council: Council) -> str:
    queries = store._views.rows(DUE, None)
    council.tick()
    shape, prepared = next(
        (shape, prepared) for shape, prepared in queries._compiled.items() if shape.limited
    )
    values = prepared.bind({"below_due_at": just_after(council.now()), "most": 100})
    assert shape.order_by == ("due_at",)
    return home.plan(prepared.sql, values, store)


def due(home: Home, rounds: int) -> None:
    """A thousand at once, against as many jobs."""
    packs = {"a person climbs": example(), "it climbs by itself": automatic(example())}
    kinds = [(ladder, start) for ladder in packs for start in ("running", "just started")]
    jobs: dict[tuple[str, str], list[float]] = {kind: [] for kind in kinds}
    spent: dict[tuple[str, str], list[float]] = {kind: [] for kind in kinds}
    facts: dict[tuple[str, str], int] = {}
    for _ in range(rounds):
        for ladder, start in kinds:
            store = home.make()
            council = fill(packs[ladder], store, FALL_DUE)
            put_open(store, OPEN_IN_ALL - FALL_DUE)
            if start == "just started":
                store.close()
                council = Council.joining(council, home.again())
            council.engine.shelf.holidays.days("England", FELL_DUE.year)  # loaded once in a process
            seconds, facts[ladder, start] = _passing(home, council)
            spent[ladder, start].append(seconds)
            council.store.close()
            jobs[ladder, start].append(_submitting(home))
    theirs = statistics.median(job for each in jobs.values() for job in each)
    print(f"  {FALL_DUE:,} due of {OPEN_IN_ALL:,}, medians of {rounds}, µs each")
    print(f"  {'the job store hands over its jobs':45}{theirs * 1e6 / FALL_DUE:7.0f}")
    for kind in kinds:
        ratios = sorted(job / own for job, own in zip(jobs[kind], spent[kind], strict=True))
        ours = statistics.median(spent[kind])
        print(
            f"  {f'the tick, {kind[0]}, {kind[1]}':45}{ours * 1e6 / FALL_DUE:7.0f}"
            f"   {statistics.median(ratios):5.1f} times cheaper ({ratios[0]:.1f} to {ratios[-1]:.1f}); "
            f"{facts[kind]:,} facts",
            flush=True,
        )


def _passing(home: Home, council: Council) -> tuple[float, int]:
    gc.collect()
    with home.counted() as seconds:
        before = seconds()
        done = tick(council.engine, council.now())
        spent = seconds() - before
    assert done.fired == FALL_DUE, done.fired
    assert not done.failed, len(done.failed)
    return spent, len(done.facts)


class Throwing(BaseExecutor):
    """An executor that does nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    def _do_submit_job(self, job: Any, run_times: Any) -> None:
        self.seen += 1
        self._run_job_success(job.id, [])


def nothing(number: int) -> None:
    """What the jobs would do."""


def _submitting(home: Home) -> float:
    """What it costs the scheduler to hand over the jobs that are due."""
    executor = Throwing()
    scheduler = _scheduler(home.jobs(), executor)
    scheduler.start(paused=True)
    _put_jobs(scheduler, FALL_DUE, OPEN_IN_ALL)
    scheduler.state = STATE_RUNNING  # its thread sleeps on: this one does its work
    gc.collect()
    with home.counted() as seconds:
        before = seconds()
        scheduler._process_jobs()
        spent = seconds() - before
    assert executor.seen == FALL_DUE
    scheduler.shutdown(wait=False)
    return spent


def _scheduler(url: str, executor: Any = None) -> BackgroundScheduler:
    return BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(engine=create_engine(url))},
        executors={"default": executor} if executor else {},
        job_defaults={"misfire_grace_time": None},
        timezone=UTC,
    )


def _put_jobs(scheduler: BackgroundScheduler, due: int, total: int) -> None:
    """One job is added as one does; the others are its copies, straight into the table."""
    now = datetime.now(UTC)  # noqa: TID251  # that scheduler has no other clock
    job = scheduler.add_job(nothing, "date", run_date=now + timedelta(days=1), args=[0], id="pattern")
    store = scheduler._jobstores["default"]
    rows = []
    for number in range(total):
        at = now - timedelta(seconds=1) if number < due else now + timedelta(days=1000, seconds=number)
        state = {**job.__getstate__(), "id": f"job{number}", "next_run_time": at, "args": (number,)}
        rows.append(
            {"id": f"job{number}", "next_run_time": at.timestamp(), "job_state": pickle.dumps(state, -1)}
        )
    job.remove()
    with store.engine.begin() as connection:
        connection.execute(store.jobs_t.insert(), rows)


# twice ---------------------------------------------------------------------------------------------------------


def note(file: str, number: int) -> None:
    """A job: it says that it ran."""
    with Path(file).open("a") as out:
        out.write(f"{number}\n")


def run_scheduler(url: str, seconds: float) -> None:
    """A process with a scheduler on that job store."""
    scheduler = _scheduler(url)
    scheduler.start()
    time.sleep(seconds)
    with suppress(Exception):  # a scheduler whose thread has died cannot always be stopped
        scheduler.shutdown(wait=False)


def twice(home: Home) -> None:
    """Two schedulers, one job store."""
    url, file = home.jobs(), home.folder / f"{home.name}.ran"
    file.touch()
    scheduler = _scheduler(url)
    scheduler.start(paused=True)
    first = datetime.now(UTC) + timedelta(seconds=6)  # noqa: TID251  # as above
    for number in range(JOBS):
        at = first + number * EVERY
        scheduler.add_job(note, "date", run_date=at, args=[str(file), number], id=f"job{number}")
    scheduler.shutdown(wait=False)
    seconds = 8 + JOBS * EVERY.total_seconds()
    both = [_PROCESSES.Process(target=run_scheduler, args=(url, seconds)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join()
    ran = Counter(file.read_text().split())
    double = sum(count > 1 for count in ran.values())
    print(
        f"  two schedulers on one job store: of {JOBS} jobs {double} ran twice, {JOBS - len(ran)} not at all",
        flush=True,
    )


def main(rounds: int = 3) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="goldenthread-bench-") as folder:
        for kind in (Home, ServerHome):
            home = kind(Path(folder))
            print(f"{home.name}: an empty tick")
            empty(home)
            print(f"{home.name}: a thousand at once")
            due(home, rounds)
            twice(home)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
