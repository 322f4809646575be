"""A worker goes on after trouble: with one deadline, with the server, with the book or with its own log."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from engine.deadlines.heartbeat import last_trouble
from engine.deadlines.worker import Worker
from engine.office import Office
from engine.packs.pack import Pack
from engine.testing.council import Council
from events.errors import Unavailable
from tests.campaigns.homes import Home, SqliteHome

from .desk import EVERY, Desk, Pulse, alarms, ten_due
from .many_deadlines import FELL_DUE, OPENED, council_waiting, passed
from .troubled import a_bug, trouble, well


@pytest.fixture
def council(example: Pack) -> Council:
    return ten_due(example)


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
