"""A worker passes what is due for as long as it lives, and says when it is to be expected again."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from engine.deadlines.heartbeat import last_heartbeat, last_trouble
from engine.deadlines.tick import MOST_FIRINGS
from engine.packs.pack import Pack
from engine.testing.council import Council
from engine.views import DUE, VIEWS
from events.instant import Instant, instant, moment

from .desk import Desk, KeptOpen, Pulse, alarms, ten_due
from .many_deadlines import FELL_DUE, OPENED, council_waiting, passed


@pytest.fixture
def council(example: Pack) -> Council:
    return ten_due(example)


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


def test_a_worker_that_is_told_to_stop_finishes_the_unit_at_hand(example: Pack) -> None:
    council = council_waiting(example, OPENED, MOST_FIRINGS + 50)
    council.at(FELL_DUE)
    Desk(council).worker.beat(Pulse(units=1))
    assert len(passed(council)) == MOST_FIRINGS
    assert council.store.differences(VIEWS) == []


def test_catching_up_may_take_long_while_others_record(example: Pack) -> None:
    council = council_waiting(example, OPENED, 2 * MOST_FIRINGS + 50)
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
    assert len(passed(council)) == len(set(passed(council))) == 2 * MOST_FIRINGS + 50
    times = Counter(fact.received_at for fact in council.store.find(types=["deadline.passed"], limit=10_000))
    assert times == {
        began: MOST_FIRINGS,
        instant(moment(began) + timedelta(minutes=10)): MOST_FIRINGS,
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


def test_the_lag_is_that_of_the_most_belated(council: Council) -> None:
    due = min(str(row["deadline_at"]) for row in council.store.rows(DUE))
    Desk(council).worker.beat(Pulse())
    heartbeat = last_heartbeat(council.store)
    assert heartbeat is not None
    assert timedelta(seconds=heartbeat.lag) == council.clock.now() - moment(due)  # type: ignore[arg-type]  # an instant
