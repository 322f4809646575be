"""A worker passes what is due for as long as it lives, goes on after trouble, and is stopped or killed without harm."""

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

import psycopg
import pytest
from msgspec.structs import replace

from adapters.scheduler import Heart
from adapters.yaml.reader import YamlDocuments
from engine.deadlines import index as due_index
from engine.deadlines.heartbeat import last_heartbeat, last_trouble
from engine.deadlines.worker import Worker
from engine.office import Office
from engine.packs.pack import Pack
from engine.ports import Progress, Store
from engine.queries.health import health
from engine.testing.council import Council
from engine.views import DUE, VIEWS
from events.errors import Unavailable
from events.instant import Instant, instant, moment
from tests.campaigns.homes import Home, SqliteHome

from .conftest import ROOT
from .many_deadlines import council_waiting, passed
from .test_incidents import FELL_DUE, OPENED, a_bug, trouble, well

EVERY = timedelta(seconds=30)


# one beat ------------------------------------------------------------------------------------------------------------


class Pulse:
    """A heart that is told to stop after so many units of work."""

    def __init__(self, units: int = 1_000_000) -> None:
        self._left = units

    def stopping(self) -> bool:
        return self._left <= 0

    def alive(self) -> None:
        self._left -= 1


class Desk:
    """A worker of a council's book, with its log."""

    def __init__(self, council: Council, name: str = "council@townhall:1") -> None:
        self.council = council
        self.lines: list[dict[str, object]] = []
        self.worker = Worker(self.office, name=name, every=EVERY, log=self._log)

    def office(self) -> Office:
        return Office(
            engine=self.council.engine,
            clock=self.council.clock,
            ids=self.council.ids,
            account="tester@here",
            documents=YamlDocuments(),
            folder=Path(),
            packs=ROOT / "packs",
        )

    def _log(self, event: str, **ids: object) -> None:
        self.lines.append({"event": event, **ids})

    def events(self) -> list[object]:
        return [line["event"] for line in self.lines]


class KeptOpen:
    """A store that others use too."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def close(self) -> None:
        pass

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


@pytest.fixture
def council(example: Pack) -> Council:
    """Ten matters, each with a deadline that has just fallen due."""
    council = council_waiting(example, OPENED, 10)
    council.at(FELL_DUE)
    return council


def alarms(council: Council) -> set[str]:
    """But for that of the tests' own server, which is never to outlive its machine."""
    return {finding.code for finding in health(council.engine, council.now())} - {"GT-DB-102"}


def test_a_beat_passes_what_is_due_and_promises_the_next(council: Council) -> None:
    desk = Desk(council)
    assert alarms(council) == {"GT-CLOCK-102", "GT-CLOCK-103"}
    desk.worker.beat(Pulse())
    heartbeat = last_heartbeat(council.store)
    assert heartbeat is not None
    assert (heartbeat.by, heartbeat.fired, heartbeat.failed) == ("council@townhall:1", 10, 0)
    assert heartbeat.promise == timedelta(minutes=5)
    assert heartbeat.lag > 0
    assert sorted(passed(council)) == sorted(f"s{n}" for n in range(10))
    assert alarms(council) == set()
    council.wait(timedelta(minutes=5, seconds=1))
    assert alarms(council) == {"GT-CLOCK-104"}


def test_a_worker_that_leaves_promises_nothing(council: Council) -> None:
    desk = Desk(council)
    desk.worker.beat(Pulse())
    council.engine.store = KeptOpen(council.store)  # type: ignore[assignment]  # the test still reads it
    desk.worker.leave()
    council.wait(timedelta(seconds=1))
    assert alarms(council) == {"GT-CLOCK-104"}


def test_a_worker_that_leaves_does_not_take_back_what_another_promised(council: Council) -> None:
    one, other = Desk(council), Desk(council, name="council@townhall:2")
    council.engine.store = KeptOpen(council.store)  # type: ignore[assignment]  # both use it
    one.worker.beat(Pulse())
    other.worker.beat(Pulse())
    one.worker.leave()
    council.wait(timedelta(minutes=4))
    assert alarms(council) == set()


def test_a_worker_that_is_told_to_stop_finishes_the_hundred_at_hand(example: Pack) -> None:
    council = council_waiting(example, OPENED, 250)
    council.at(FELL_DUE)
    Desk(council).worker.beat(Pulse(units=1))
    assert len(passed(council)) == 100
    assert council.store.differences(VIEWS) == []


def test_catching_up_may_take_long_while_others_record(example: Pack) -> None:
    council = council_waiting(example, OPENED, 250)
    council.at(FELL_DUE)
    began = council.now()

    newcomers = iter(("Ann", "Ben", "Cem"))

    class Slow(Pulse):
        def alive(self) -> None:
            if name := next(newcomers, None):
                council.wait(timedelta(minutes=10))
                council.hire(name)

    desk = Desk(council)
    desk.worker.beat(Slow())
    assert desk.lines[0]["event"] == "ticked"
    assert last_trouble(council.store) is None
    assert len(passed(council)) == len(set(passed(council))) == 250
    times = Counter(fact.received_at for fact in council.store.find(types=["deadline.passed"]))
    assert times == {
        began: 100,
        instant(moment(began) + timedelta(minutes=10)): 100,
        instant(moment(began) + timedelta(minutes=20)): 50,
    }
    assert alarms(council) == set()
    assert council.store.differences(VIEWS) == []


def test_what_falls_due_while_a_worker_catches_up_passes_in_the_same_beat(council: Council) -> None:
    council.at(OPENED)

    class Slow(Pulse):
        def alive(self) -> None:
            council.at(FELL_DUE)

    Desk(council).worker.beat(Pulse())
    assert passed(council) == []
    reminded = min(str(row["due_at"]) for row in council.store.rows(DUE))
    council.clock.set(moment(Instant(reminded)))
    Desk(council).worker.beat(Slow())
    assert len(passed(council)) == 10


def test_what_fails_is_tried_once_in_a_beat_however_long_it_lasts(council: Council) -> None:
    class Slow(Pulse):
        def alive(self) -> None:
            council.wait(timedelta(minutes=10))

    trouble(council, a_bug("s7"))
    Desk(council).worker.beat(Slow())
    assert [incident.attempts for incident in council.store.incidents()] == [1]


def test_a_server_that_is_away_is_waited_for(council: Council) -> None:
    desk = Desk(council)
    away = trouble(council, lambda _: Unavailable.of("GT-DB-030", "The server is away.", "Wait."))
    away.close = lambda: None  # type: ignore[attr-defined]  # as if it had been opened again
    desk.worker.beat(Pulse())
    assert (desk.lines[-1]["event"], desk.lines[-1]["code"]) == ("beat failed", "GT-DB-030")
    assert council.store.incidents() == []
    away.trouble = well
    desk.worker.beat(Pulse())
    assert len(passed(council)) == 10


def test_a_book_that_cannot_be_opened_yet_is_waited_for(council: Council) -> None:
    desk, tries = Desk(council), iter((True, False))

    def open_book() -> Office:
        if next(tries):
            raise Unavailable.of("GT-DB-030", "The server is away.", "Wait.")
        return desk.office()

    worker = Worker(open_book, name="w", every=EVERY, log=desk._log)
    worker.beat(Pulse())
    worker.beat(Pulse())
    assert "beat failed" in desk.events()
    assert len(passed(council)) == 10


def test_a_beat_that_fails_as_a_whole_is_seen_in_health_until_one_goes_through(council: Council) -> None:
    desk = Desk(council)
    broken = _Broken(council)
    council.engine.store = broken  # type: ignore[assignment]  # a store for this test
    desk.worker.beat(Pulse())
    desk.worker.beat(Pulse())
    failing = last_trouble(council.store)
    assert failing is not None
    assert (failing.beats, failing.code) == (2, "GT-CLOCK-105")
    assert "their words" not in f"{desk.lines}{failing}"
    broken.well = True
    assert "GT-CLOCK-120" in alarms(council)
    desk.worker.beat(Pulse())
    assert last_trouble(council.store) is None
    assert alarms(council) == set()


class _Broken:
    """A store that cannot say what is due, because of a mistake in the program."""

    def __init__(self, council: Council) -> None:
        self._store, self.well = council.store, False

    def rows(self, *where: object, **how: object) -> object:
        if not self.well:
            raise LookupError("their words")
        return self._store.rows(*where, **how)  # type: ignore[arg-type]  # passed on

    def close(self) -> None:
        pass

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def test_what_fails_stands_in_the_log_with_its_place_and_without_its_words(council: Council) -> None:
    desk = Desk(council)
    trouble(council, a_bug("s7"))
    desk.worker.beat(Pulse())
    (line,) = (line for line in desk.lines if line["event"] == "firing failed")
    assert str(line["firing"]).startswith("interventions/AE4/s7/1/answer/1@")
    assert any("commit" in place for place in line["trace"])  # type: ignore[attr-defined]  # a tuple
    assert "their words" not in str(desk.lines)
    assert alarms(council) == {"GT-CLOCK-107"}


def test_a_log_that_cannot_be_written_stops_no_deadline(council: Council) -> None:
    def full(event: str, **ids: object) -> None:
        raise OSError(28, "No space left on device")

    worker = Worker(Desk(council).office, name="w", every=EVERY, log=full)
    worker.beat(Pulse())
    assert len(passed(council)) == 10


def test_the_due_index_is_compared_at_the_start_and_once_a_day(council: Council) -> None:
    desk = Desk(council)
    for _ in range(2):
        desk.worker.beat(Pulse())
    assert desk.events().count("compared") == 1
    council.wait(timedelta(days=1, seconds=1))
    desk.worker.beat(Pulse())
    assert desk.events().count("compared") == 2
    assert alarms(council) == set()


def test_a_worker_told_to_stop_breaks_a_comparison_off_and_the_next_one_makes_it(council: Council) -> None:
    desk, told = Desk(council), Pulse()

    class Long:
        """A store with a log so long that comparing says many times how far it is."""

        def differences(self, views: object, limit: int, progress: Progress) -> list[str]:
            for done in range(1, 1_000):
                if done == 3:
                    told._left = 0
                progress(done, 1_000)
            raise AssertionError("it went on to the end")

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

    store = council.store
    council.engine.store = Long()  # type: ignore[assignment]  # a store for this test
    desk.worker.beat(told)
    assert desk.events() == ["ticked", "comparison broken off"]
    assert due_index.last(store) is None
    council.engine.store = store
    another = Desk(council)
    another.worker.beat(Pulse())
    assert "compared" in another.events()


def test_a_comparison_gives_signs_of_life_and_can_be_broken_off(example: Pack, home: Home) -> None:
    council = council_waiting(example, OPENED, 10, home.make())
    desk, stopped = Desk(council), Pulse(units=1)
    desk.worker.beat(stopped)
    assert stopped._left == 0
    assert desk.events() == ["ticked", "comparison broken off"]
    assert council.store.differences(VIEWS) == []
    council.at(FELL_DUE)
    Desk(council).worker.beat(Pulse())
    assert len(passed(council)) == 10
    assert due_index.last(council.store) is not None
    council.store.close()


def test_a_server_that_hangs_during_the_comparison_is_seen(council: Council) -> None:
    desk, begun, go_on, shows = Desk(council), threading.Event(), threading.Event(), [0.0]

    class Hanging:
        def differences(self, *_: object, **__: object) -> list[str]:
            begun.set()
            go_on.wait(30)
            return []

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

    store = council.store
    council.engine.store = Hanging()  # type: ignore[assignment]  # a store for this test
    heart = Heart(desk.worker.beat, timedelta(days=1), timedelta(minutes=5), lambda: shows[0])
    heart.start(datetime.now(UTC))  # noqa: TID251 - APScheduler goes by the machine's clock
    assert begun.wait(30)
    assert heart.trouble() is None
    shows[0] += 301
    hangs, rested = heart.trouble(), heart.stop()
    go_on.set()
    assert (hangs, rested) == ("beats", False)


def test_health_believes_a_late_comparison_and_makes_its_own_where_there_is_none(council: Council) -> None:
    Desk(council).worker.beat(Pulse())
    wrong = due_index.Compared(at=council.now(), differences=("due x/1 is missing; the log gives n = 1.",))
    due_index.keep(council.store, wrong)
    assert "GT-CLOCK-108" in alarms(council)
    council.wait(timedelta(hours=25, seconds=1))
    assert "GT-CLOCK-108" not in alarms(council)


def test_a_comparison_of_a_log_that_went_further_is_not_believed(council: Council) -> None:
    Desk(council).worker.beat(Pulse())
    wrong = due_index.Compared(
        at=council.now(),
        position=council.store.head().position,
        differences=("due x/1 is missing; the log gives n = 1.",),
    )
    due_index.keep(council.store, wrong)
    assert "GT-CLOCK-108" in alarms(council)
    due_index.keep(council.store, replace(wrong, position=wrong.position + 1))
    assert "GT-CLOCK-108" not in alarms(council)


def test_an_index_that_is_filled_again_during_a_comparison_is_not_told_to_differ(council: Council) -> None:
    class Overtaken:
        """A store whose views are filled again after they were compared, and before that is kept."""

        def differences(self, *_: object, **__: object) -> list[str]:
            due_index.filled_again(store, council.now())
            return ["due x/1 is missing; the log gives n = 1."]

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

    store = council.store
    council.engine.store = Overtaken()  # type: ignore[assignment]  # a store for this test
    Desk(council).worker.beat(Pulse())
    council.engine.store = store
    assert alarms(council) == set()


def test_the_lag_is_that_of_the_most_belated(council: Council) -> None:
    due = min(str(row["deadline_at"]) for row in council.store.rows(DUE))
    Desk(council).worker.beat(Pulse())
    heartbeat = last_heartbeat(council.store)
    assert heartbeat is not None
    assert timedelta(seconds=heartbeat.lag) == council.clock.now() - moment(due)  # type: ignore[arg-type]  # an instant


def test_a_connection_that_the_server_ends_is_made_again(example: Pack, home: Home) -> None:
    if isinstance(home, SqliteHome):
        pytest.skip("a file has no server")
    council = council_waiting(example, OPENED, 10, home.make())
    council.at(FELL_DUE)
    lines: list[str] = []

    def open_book() -> Office:
        return Desk(Council.joining(council, home.open())).office()

    worker = Worker(open_book, name="w", every=EVERY, log=lambda event, **_: lines.append(event))
    worker.beat(Pulse(units=0))
    with psycopg.connect(home.url, autocommit=True) as connection:  # type: ignore[attr-defined]  # a server's
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()"
        )
    worker.beat(Pulse())
    worker.beat(Pulse())
    council.store.close()
    with_own = home.open()
    assert len(with_own.find(types=["deadline.passed"])) == 10
    worker.leave()
    with_own.close()


# as processes --------------------------------------------------------------------------------------------------------


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
    council = filled(example, home, 500)
    worker = workers.start()
    workers.until(lambda: bool(passed(council)))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGINT):
        worker.send_signal(number)
    assert worker.wait(60) == 0
    done = passed(council)
    assert len(done) == len(set(done))
    assert len(done) % 100 == 0
    assert council.store.differences(VIEWS) == []
    heartbeat = last_heartbeat(council.store)
    assert heartbeat is not None
    assert heartbeat.next_by <= instant(datetime.now(UTC))  # noqa: TID251 - as above
    assert [line["event"] for line in workers.lines()][-1] == "worker left"
    council.tick()
    check_whole(council, 500)
    council.store.close()


def test_workers_side_by_side_pass_each_deadline_once(example: Pack, home: Home, workers: Workers) -> None:
    council = filled(example, home, 300)
    two = [workers.start(), workers.start()]
    workers.until(lambda: len(passed(council)) >= 300)
    workers.until(lambda: all(_has_beaten(workers, number) for number in (0, 1)))
    for each in two:
        each.terminate()
    assert [each.wait(60) for each in two] == [0, 0]
    check_whole(council, 300)
    council.store.close()


def test_where_one_worker_is_killed_the_other_goes_on(example: Pack, home: Home, workers: Workers) -> None:
    council = filled(example, home, 300)
    one = workers.start()
    workers.until(lambda: bool(passed(council)))
    other = workers.start()
    one.kill()
    workers.until(lambda: len(passed(council)) >= 300)
    other.terminate()
    assert other.wait(60) == 0
    check_whole(council, 300)
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
