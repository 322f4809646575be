"""What every store promises about firings that failed, and about being alone at a job."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from engine.ports import Incident, Store
from events.instant import Instant
from tests.campaigns.homes import HOMES, Home


def at(minute: int) -> Instant:
    return Instant(f"2026-04-01T09:{minute:02d}:00.000000Z")


def incident(firing: str = "interventions/AE4/acute/1/answer/1@2026-04-01", minute: int = 0) -> Incident:
    return Incident(
        firing=firing,
        stream="interventions/AE4/acute",
        subject="1",
        name="answer",
        n=1,
        due_at=at(0),
        reminder=0,
        attempts=1,
        first_failed_at=at(minute),
        last_failed_at=at(minute),
        next_try_at=at(minute + 1),
        code="GT-CLOCK-105",
        sentence="This is a mistake in the program (KeyError).",
    )


def test_a_book_begins_without_incidents(store: Store) -> None:
    assert store.incidents() == store.incidents(open_only=False) == []


def test_an_incident_comes_back_whole(store: Store) -> None:
    store.keep_incident(incident())
    assert store.incidents() == [incident()]


def test_what_is_known_now_takes_the_place_of_what_was_known(store: Store) -> None:
    store.keep_incident(incident())
    again = replace(incident(), attempts=2, last_failed_at=at(1), next_try_at=at(3), code="GT-STEP-103")
    store.keep_incident(again)
    assert store.incidents() == [again]


def test_an_ended_incident_stands_no_longer_and_is_not_forgotten(store: Store) -> None:
    ended = replace(incident(), ended_at=at(9))
    store.keep_incident(incident())
    store.keep_incident(ended)
    assert store.incidents() == []
    assert store.incidents(open_only=False) == [ended]


def test_an_incident_may_come_back(store: Store) -> None:
    store.keep_incident(replace(incident(), ended_at=at(9)))
    store.keep_incident(incident(minute=10))
    assert store.incidents() == [incident(minute=10)]


def test_the_oldest_failure_comes_first(store: Store) -> None:
    for firing, minute in (("c", 5), ("b", 3), ("a", 5)):
        store.keep_incident(incident(firing, minute))
    assert [each.firing for each in store.incidents()] == ["b", "a", "c"]
    assert [each.firing for each in store.incidents(limit=2)] == ["b", "a"]


def test_an_incident_is_never_a_fact(store: Store, desk: Any) -> None:
    store.commit(desk.of(desk.added()))
    store.keep_incident(incident())
    assert (store.head().position, len(store.page(0, 10))) == (1, 1)


# being alone ---------------------------------------------------------------------------------------------------------


@pytest.fixture(params=HOMES.values(), ids=HOMES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    kept: Home = request.param(tmp_path)
    kept.make().close()
    return kept


def test_somebody_is_alone_at_a_job_of_each_name(store: Store) -> None:
    with store.alone("tick") as ticking, store.alone("compare") as comparing:
        assert (ticking, comparing) == (True, True)
    with store.alone("tick") as again:
        assert again is True


def test_a_turn_ends_with_an_exception(store: Store) -> None:
    with pytest.raises(LookupError), store.alone("tick"):
        raise LookupError
    with store.alone("tick") as again:
        assert again is True


def test_somebody_who_is_not_alone_does_not_end_the_turn_of_the_other(home: Home) -> None:
    one, other, third = home.open(), home.open(), home.open()
    with one.alone("tick") as first:
        with other.alone("tick") as second:
            assert (first, second) == (True, False)
        with third.alone("tick") as still:
            assert still is False
    with other.alone("tick") as then:
        assert then is True
    for store in (one, other, third):
        store.close()


def test_whoever_is_alone_keeps_nobody_from_writing(home: Home, desk: Any) -> None:
    one, other = home.open(), home.open()
    with one.alone("tick"):
        other.commit(desk.of(desk.added()))
        one.commit(desk.of(desk.added()))
    assert one.head().position == 2
    one.close()
    other.close()


def test_the_turn_of_a_process_that_is_killed_ends_with_it(home: Home) -> None:
    context: BaseContext = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=_sit, args=(home, theirs))
    child.start()
    assert ours.recv() is True
    store = home.open()
    with store.alone("tick") as first:
        assert first is False
    child.kill()
    child.join()
    while not _alone(store):  # a server notices a death a little later
        pass
    store.close()


def _alone(store: Store) -> bool:
    with store.alone("tick") as first:
        return first


def _sit(home: Home, pipe: Connection) -> None:
    """Be alone at the tick for ever."""
    with home.open().alone("tick") as first:
        pipe.send(first)
        pipe.recv()


def test_nobody_is_alone_inside_their_own_turn(store: Store) -> None:
    with store.alone("tick") as first, store.alone("tick") as again, store.alone("compare") as other:
        assert (first, again, other) == (True, False, True)
    with store.alone("tick") as later:
        assert later
