"""A worker compares the due index with the log once a day, can be broken off, and is believed while it is right."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from adapters.scheduler import Heart
from engine.deadlines import index as due_index
from engine.packs.pack import Pack
from engine.ports import Progress
from engine.testing.council import Council
from engine.views import VIEWS
from tests.campaigns.homes import Home

from .desk import Desk, Pulse, alarms, ten_due
from .many_deadlines import FELL_DUE, OPENED, council_waiting, passed


@pytest.fixture
def council(example: Pack) -> Council:
    return ten_due(example)


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
