"""Two workers on one book: whoever is slower decides again on what the other wrote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from adapters.holidays import UkHolidays
from adapters.sql import open_sqlite
from engine.packs.pack import Pack
from engine.ports import Store, Unit
from engine.testing_council import Council
from engine.views import VIEWS
from events.errors import Conflict, Refused
from events.fact import Fact
from events.schema import Event

from .conftest import START, hire_everybody

ANALYST, MANAGER = "p3", "p4"


class Interrupted:
    """A store that lets somebody else in just before a commit."""

    def __init__(self, store: Store, first: Callable[[], object], times: int = 1) -> None:
        self._store = store
        self._first = first
        self._left = times

    def commit(self, unit: Unit) -> list[Fact[Event]]:
        if self._left:
            self._left -= 1
            self._first()
        return self._store.commit(unit)

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


@pytest.fixture
def two(example: Pack, tmp_path: Path) -> tuple[Council, Council]:
    """The same book in a file, opened twice."""
    file = tmp_path / "book.goldenthread"
    one = Council(example, START, store=open_sqlite(file, VIEWS, create=True), holidays=UkHolidays())
    hire_everybody(one)
    other = Council.joining(one, open_sqlite(file, VIEWS, create=False))
    return one, other


def slow(council: Council, meanwhile: Callable[[], object], times: int = 1) -> None:
    council.engine.store = Interrupted(council.store, meanwhile, times)  # type: ignore[assignment]  # a store for this test


def test_no_false_trigger_when_one_period_is_restated_while_the_next_is_confirmed(
    two: tuple[Council, Council],
) -> None:
    one, other = two
    one.figure(ANALYST, "enter", "AE4/acute/2017-05", "90")
    one.figure(MANAGER, "confirm", "AE4/acute/2017-05")
    one.figure(ANALYST, "restate", "AE4/acute/2017-05", "80", words={"reason": "late returns"})
    one.figure(ANALYST, "enter", "AE4/acute/2017-06", "80")
    slow(one, lambda: other.figure(MANAGER, "approve_restatement", "AE4/acute/2017-05"))
    one.figure(MANAGER, "confirm", "AE4/acute/2017-06")
    assert "trigger.fired" not in one.types()
    assert (one.status("AE4/acute/2017-05"), one.status("AE4/acute/2017-06")) == ("red", "red")


def test_the_slower_of_two_confirmations_is_refused(two: tuple[Council, Council]) -> None:
    one, other = two
    one.figure(ANALYST, "enter", "AE4/acute/2017-05", "90")
    slow(one, lambda: other.figure(MANAGER, "confirm", "AE4/acute/2017-05"))
    with pytest.raises(Refused, match="confirm"):
        one.figure(MANAGER, "confirm", "AE4/acute/2017-05")
    assert one.types().count("figure.confirmed") == 1


def test_the_same_command_sent_twice_at_once_is_taken_once(two: tuple[Council, Council]) -> None:
    one, other = two
    slow(one, lambda: other.figure(ANALYST, "enter", "AE4/acute/2017-05", "90", command_id="once"))
    answer = one.figure(ANALYST, "enter", "AE4/acute/2017-05", "90", command_id="once")
    assert answer.repeated
    assert one.types().count("figure.entered") == 1


def test_after_three_tries_it_says_what_happened_in_between(two: tuple[Council, Council]) -> None:
    one, other = two
    one.figure(ANALYST, "enter", "AE4/acute/2017-05", "90")
    said = iter(range(10))
    slow(
        one,
        lambda: other.figure(ANALYST, "comment", "AE4/acute/2017-05", words={"comment": f"No. {next(said)}"}),
        times=3,
    )
    with pytest.raises(Conflict, match=r"figure\.commented by p3"):
        one.figure(MANAGER, "confirm", "AE4/acute/2017-05")
    assert "figure.confirmed" not in one.types()


def test_a_deadline_is_passed_once_by_two_ticking_at_once(two: tuple[Council, Council]) -> None:

    one, other = two
    for period, value in (("2017-05", "90"), ("2017-06", "80")):
        one.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
        one.figure(MANAGER, "confirm", f"AE4/acute/{period}")
    one.step("p6", "intervention", ("AE4", "acute", "1"), "answer", {"category": "category_4"}, body="CPEG")
    for council in two:
        council.at(date(2017, 8, 11))
    slow(one, other.tick)
    ticked = one.tick()
    assert ticked.failed == []
    assert one.types().count("deadline.passed") == 1
