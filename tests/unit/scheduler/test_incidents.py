"""Which of several firings fail, and when each is tried again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.commands import PassDeadline
from engine.deadlines.incidents import LONGEST_PAUSE, fire_apart, pause_after, ref_of
from events.errors import Unavailable
from events.fact import Fact
from events.instant import Instant
from events.schema import Event

DUE = Instant("2026-04-01T00:00:00.000000Z")


def deadline(number: int, matter: str = "", reminder: int = 0) -> PassDeadline:
    stream = f"interventions/AE4/{matter or f's{number}'}"
    return PassDeadline(stream=stream, subject="1", name=f"d{number}", n=1, due_at=DUE, reminder=reminder)


class Desk:
    """Fires all or nothing, as a unit of work does, and counts how often it was asked."""

    def __init__(self, *failing: PassDeadline) -> None:
        self.failing = failing
        self.passed: list[PassDeadline] = []
        self.asked = 0

    def fire(self, waiting: Sequence[PassDeadline]) -> list[Fact[Event]]:
        self.asked += 1
        if any(each in self.failing for each in waiting):
            raise LookupError
        self.passed += waiting
        return []


@given(st.integers(1, 100_000))
def test_a_pause_is_never_shorter_than_the_one_before_and_never_over_an_hour(attempts: int) -> None:
    assert pause_after(attempts) <= pause_after(attempts + 1) <= LONGEST_PAUSE
    assert pause_after(attempts) >= timedelta(minutes=1)


def test_pauses_double() -> None:
    assert [pause_after(attempts) // timedelta(minutes=1) for attempts in range(1, 9)] == [
        1,
        2,
        4,
        8,
        16,
        32,
        60,
        60,
    ]


@given(st.integers(1, 100), st.sets(st.integers(0, 99)))
def test_only_those_fail_that_fail_alone_and_each_passes_once(count: int, bad: set[int]) -> None:
    waiting = [deadline(number) for number in range(count)]
    failing = [each for number, each in enumerate(waiting) if number in bad]
    desk = Desk(*failing)
    done = fire_apart(desk.fire, waiting)
    assert [failed.deadline for failed in done.failed] == failing
    assert desk.passed == done.passed == [each for each in waiting if each not in failing]


def test_one_that_fails_of_a_hundred_is_found_in_a_few_tries() -> None:
    waiting = [deadline(number) for number in range(100)]
    desk = Desk(waiting[37])
    fire_apart(desk.fire, waiting)
    assert desk.asked <= 15


def test_what_falls_due_later_on_the_same_matter_waits_for_a_deadline_that_failed() -> None:
    first, other, later = deadline(1, "acute"), deadline(2, "children"), deadline(3, "acute")
    done = fire_apart(Desk(first).fire, [first, other, later])
    assert (done.passed, [failed.deadline for failed in done.failed]) == ([other], [first])


def test_a_reminder_that_failed_holds_nothing_back() -> None:
    first, later = deadline(1, "acute", reminder=2), deadline(3, "acute")
    assert fire_apart(Desk(first).fire, [first, later]).passed == [later]


def test_a_book_that_cannot_be_written_stops_everything() -> None:
    def fire(_: Sequence[PassDeadline]) -> list[Fact[Event]]:
        raise Unavailable.of("GT-X-001", "The book is held by another program.", "Wait.")

    with pytest.raises(Unavailable):
        fire_apart(fire, [deadline(1), deadline(2)])


def test_the_name_of_an_incident_is_short_and_always_the_same() -> None:
    name = deadline(1).command_id
    assert ref_of(name) == ref_of(name)
    assert ref_of(name) != ref_of(deadline(2).command_id)
    assert len(ref_of(name)) == 7
