"""Workers as processes: told to stop, killed, side by side, or with a heart that has died, they leave a whole book."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from engine.deadlines.heartbeat import last_heartbeat
from engine.deadlines.tick import MOST_FIRINGS
from engine.packs.pack import Pack
from engine.testing.council import Council
from engine.views import VIEWS
from events.instant import instant
from tests.campaigns.homes import Home, SqliteHome

from .conftest import ROOT
from .desk import alarms
from .many_deadlines import council_waiting, passed

MANY = 6 * MOST_FIRINGS
"""More than one unit of work, so that a worker can be interrupted between two."""


class Workers:
    """Workers of one book as processes; those that live at the end are killed."""

    def __init__(self, home: Home, folder: Path) -> None:
        self.home, self.folder = home, folder
        self._running: list[subprocess.Popen[str]] = []

    def start(self, *program: str) -> subprocess.Popen[str]:
        where = self.home
        place = (
            ["--db", str(where.path)]
            if isinstance(where, SqliteHome)
            else ["--db", where.url, "--book", where.schema]  # type: ignore[attr-defined]  # a server's
        )
        command = [*(program or (sys.executable, "-m", "goldenthread")), *place, "worker", "--every", "1s"]
        with (self.folder / f"log-{len(self._running)}").open("w") as log:
            environment = {**os.environ, "PYTHONPATH": str(ROOT)}
            begun = subprocess.Popen(command, cwd=self.folder, stderr=log, env=environment, text=True)
        self._running.append(begun)
        return begun

    def lines(self, number: int = 0) -> list[dict[str, object]]:
        text = (self.folder / f"log-{number}").read_text("utf-8")
        return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("}\n")]

    def told(self, number: int = 0) -> str:
        return (self.folder / f"log-{number}").read_text("utf-8")

    def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something; whoever runs these tests gives them a time."""
        while not happened():
            assert any(each.poll() is None for each in self._running), self.told()
            threading.Event().wait(0.05)  # the workers need the processor more

    def end(self) -> None:
        for each in self._running:
            if each.poll() is None:
                each.kill()
            each.wait()


@pytest.fixture
def workers(home: Home, tmp_path: Path) -> Iterator[Workers]:
    workers = Workers(home, tmp_path)
    yield workers
    workers.end()


LONG_AGO = date.today() - timedelta(days=60)  # noqa: TID251, DTZ011 - the processes go by the machine's clock


def filled(example: Pack, home: Home, matters: int) -> Council:
    """A book whose deadlines have fallen due by the machine's clock, too."""
    council = council_waiting(example, LONG_AGO, matters, home.make())
    council.clock.set(datetime.now(UTC))  # noqa: TID251 - as above
    return council


def check_whole(council: Council, matters: int) -> None:
    """Each deadline has passed exactly once, with one notice for it, and the views are what the log says."""
    assert Counter(passed(council)) == Counter(f"s{number}" for number in range(matters))
    told = Counter(
        row.notice.subject for row in council.store.outbox(limit=100_000) if row.notice.kind == "deadline"
    )
    assert set(told.values()) == {1}
    assert len(told) == matters
    assert council.store.differences(VIEWS) == []


def test_a_worker_told_to_stop_in_the_middle_leaves_a_whole_book(
    example: Pack, home: Home, workers: Workers
) -> None:
    council = filled(example, home, MANY)
    worker = workers.start()
    workers.until(lambda: bool(passed(council)))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGINT):
        worker.send_signal(number)
    assert worker.wait(60) == 0
    done = passed(council)
    assert len(done) == len(set(done))
    assert len(done) % MOST_FIRINGS == 0
    assert council.store.differences(VIEWS) == []
    heartbeat = last_heartbeat(council.store)
    assert heartbeat is not None
    assert heartbeat.next_by <= instant(datetime.now(UTC))  # noqa: TID251 - as above
    assert [line["event"] for line in workers.lines()][-1] == "worker left"
    council.tick()
    check_whole(council, MANY)
    council.store.close()


def test_workers_side_by_side_pass_each_deadline_once(example: Pack, home: Home, workers: Workers) -> None:
    council = filled(example, home, MANY)
    two = [workers.start(), workers.start()]
    workers.until(lambda: len(passed(council)) >= MANY)
    workers.until(lambda: all(_has_beaten(workers, number) for number in (0, 1)))
    for each in two:
        each.terminate()
    assert [each.wait(60) for each in two] == [0, 0]
    check_whole(council, MANY)
    council.store.close()


def test_where_one_worker_is_killed_the_other_goes_on(example: Pack, home: Home, workers: Workers) -> None:
    council = filled(example, home, MANY)
    one = workers.start()
    workers.until(lambda: bool(passed(council)))
    other = workers.start()
    one.kill()
    workers.until(lambda: len(passed(council)) >= MANY and _has_beaten(workers, 1))
    other.terminate()
    assert other.wait(60) == 0
    check_whole(council, MANY)
    council.store.close()


def _has_beaten(workers: Workers, number: int) -> bool:
    return any("beat" in line for line in workers.lines(number))


DEAD_HEART = """
import ctypes, sys, threading, time
from adapters.cli.app import run
from goldenthread.__main__ import Program

def kill():
    while not (keepers := [each for each in threading.enumerate() if each.name == "APScheduler"]):
        time.sleep(0.01)
    time.sleep(0.5)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(keepers[0].ident), ctypes.py_object(SystemExit))

threading.Thread(target=kill, daemon=True).start()
sys.exit(run(Program(), sys.argv[1:]))
"""


HUNG = """
import sys, threading
from adapters.cli.app import run
from goldenthread.__main__ import Program

class Hung(Program):
    def keep_beating(self, beat, *, every, patience, told):
        threading.Thread(target=threading.Event().wait).start()
        return "beats", False

sys.exit(run(Hung(), sys.argv[1:]))
"""


def test_a_worker_whose_heart_has_died_says_so_and_leaves(
    example: Pack, home: Home, workers: Workers
) -> None:
    council = filled(example, home, 3)
    worker = workers.start(sys.executable, "-c", DEAD_HEART)
    assert worker.wait(60) == 70
    assert "the thread that keeps its time has died" in workers.told()
    assert "GT-CLOCK-115" in workers.told()
    assert "heart failed" in [line["event"] for line in workers.lines()]
    council.clock.set(datetime.now(UTC))  # noqa: TID251 - as above
    assert "GT-CLOCK-104" in alarms(council)
    council.store.close()


def test_a_worker_with_a_thread_that_hangs_leaves_without_it(
    example: Pack, home: Home, workers: Workers
) -> None:
    filled(example, home, 3).store.close()
    worker = workers.start(sys.executable, "-c", HUNG)
    assert worker.wait(60) == 70
    assert "no beat has begun or gone on for too long" in workers.told()
