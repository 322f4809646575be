"""The heart beats at once and goes on, one beat at a time, and whoever watches it sees when it no longer does."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from adapters.scheduler.heart import Beat, Heart

OFTEN, PATIENCE = timedelta(milliseconds=20), timedelta(seconds=300)
LONG = 30.0
"""Seconds after which a test is given up; none takes a tenth of it."""


class Watch:
    """A watch that is moved by hand."""

    def __init__(self) -> None:
        self.shows = 0.0

    def __call__(self) -> float:
        return self.shows


@pytest.fixture
def watch() -> Watch:
    return Watch()


class Hearts:
    """Hearts that are stopped after the test."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._begun: list[Heart] = []

    def beating(self, beat: Beat) -> Heart:
        heart = Heart(beat, OFTEN, PATIENCE, self._watch)
        self._begun.append(heart)
        heart.start(datetime.now(UTC))  # noqa: TID251 - APScheduler goes by the machine's clock
        return heart

    def stop(self) -> None:
        for heart in self._begun:
            if heart._scheduler.running:
                heart.stop()


@pytest.fixture
def hearts(watch: Watch) -> Iterator[Hearts]:
    hearts = Hearts(watch)
    yield hearts
    hearts.stop()


def test_it_beats_at_once_and_again_and_again(hearts: Hearts) -> None:
    beats = threading.Semaphore(0)
    hearts.beating(lambda _: beats.release())
    assert all(beats.acquire(timeout=LONG) for _ in range(3))


def test_a_beat_that_raises_is_not_the_last(hearts: Hearts) -> None:
    beats = threading.Semaphore(0)

    def beat(_: Heart) -> None:
        beats.release()
        raise ZeroDivisionError

    heart = hearts.beating(beat)
    assert all(beats.acquire(timeout=LONG) for _ in range(3))
    assert heart.trouble() is None


def test_beats_never_overlap(hearts: Hearts) -> None:
    within, overlapped, beats = threading.Lock(), threading.Event(), threading.Semaphore(0)

    def beat(heart: Heart) -> None:
        if not within.acquire(blocking=False):
            overlapped.set()
        overlapped.wait(0.1)  # longer than the time between two beats
        within.release()
        beats.release()

    hearts.beating(beat)
    assert all(beats.acquire(timeout=LONG) for _ in range(3))
    assert not overlapped.is_set()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")  # the thread is killed
def test_a_thread_that_dies_is_seen(hearts: Hearts) -> None:
    beats = threading.Semaphore(0)
    heart = hearts.beating(lambda _: beats.release())
    assert beats.acquire(timeout=LONG)
    assert heart.trouble() is None
    _kill(_keeper())
    assert heart._scheduler.running  # APScheduler still says so
    assert heart.trouble() == "thread"
    assert heart.stop() is True


def test_beats_that_no_longer_come_are_seen(hearts: Hearts, watch: Watch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def beat(_: Heart) -> None:
        begun.set()
        go_on.wait(LONG)

    heart = hearts.beating(beat)
    assert begun.wait(LONG)
    watch.shows += PATIENCE.total_seconds()
    assert heart.trouble() is None
    watch.shows += 1
    assert heart.trouble() == "beats"
    assert heart.stop() is False  # it hangs, and is not waited for
    go_on.set()


def test_a_long_beat_that_gives_signs_of_life_is_no_trouble(hearts: Hearts, watch: Watch) -> None:
    begun, go_on, said = threading.Event(), threading.Event(), threading.Event()

    def beat(heart: Heart) -> None:
        begun.set()
        go_on.wait(LONG)
        heart.alive()
        said.set()
        heart._beat = lambda _: None

    heart = hearts.beating(beat)
    assert begun.wait(LONG)
    watch.shows += PATIENCE.total_seconds() + 1
    assert heart.trouble() == "beats"
    go_on.set()
    assert said.wait(LONG)
    assert heart.trouble() is None


def test_stopping_waits_for_the_work_at_hand_and_begins_no_other(hearts: Hearts) -> None:
    begun, ended = threading.Event(), []

    def beat(heart: Heart) -> None:
        begun.set()
        while not heart.stopping():
            threading.Event().wait(0.01)
        ended.append(1)

    heart = hearts.beating(beat)
    assert begun.wait(LONG)
    assert heart.stop() is True
    assert ended == [1]


def _keeper() -> threading.Thread:
    """The thread in which APScheduler keeps the time."""
    (thread,) = (each for each in threading.enumerate() if each.name == "APScheduler")
    return thread


def _kill(thread: threading.Thread) -> None:
    """Kill a thread as only a fault in the interpreter could."""
    assert thread.ident is not None
    while thread.is_alive():  # APScheduler swallows what comes while it hands a beat over
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit))
        thread.join(0.2)
