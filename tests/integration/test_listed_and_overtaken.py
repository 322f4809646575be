"""Rows of the due index that the tick has listed count for as long as nobody has written anything since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from adapters.holidays import UkHolidays
from engine.commands import Step, TakeSteps
from engine.deadlines.tick import Ticked, tick
from engine.packs.pack import Pack
from engine.testing.council import Council
from engine.view import Key
from engine.views import DUE, VIEWS

SERVICES = [f"s{number:02d}" for number in range(80)]
REFERRED, EVE, LATE = date(2026, 1, 5), date(2026, 2, 5), date(2026, 2, 6)
"""An answer is wanted within a month; reminders have gone out by its last day."""
ANSWERED = "interventions/AE4/s07"


@pytest.fixture
def councils(example: Pack) -> tuple[Council, Council]:
    """Two workers on one book, on the eve of the day on which eighty answers are missing."""
    council = Council(example, REFERRED, holidays=UkHolidays())
    for service in SERVICES:
        council.service(service)
    council.indicator("AE4", *SERVICES)
    council.ask(TakeSteps(steps=tuple(map(refer, SERVICES))), "p1")
    council.at(EVE)
    council.tick()
    return council, Council.joining(council, council.store)


def refer(service: str) -> Step:
    return Step(
        workflow="intervention",
        indicator="AE4",
        service=service,
        subject="",
        step="propose",
        fields={"refer_to": "CPEG"},
    )


def listed(council: Council) -> dict[Key, Any]:
    return dict(council.engine.memory.rows.get(DUE.name, {}))


def in_between(council: Council, act: Callable[[], object]) -> Any:
    """A tick during which something happens after what is due was listed, and before it fires; and how many rows were kept
    before that, and after it."""
    engine = council.engine
    seen: list[int] = []
    fire = engine.fire_apart

    def overtaken(*given: Any) -> Any:
        seen.append(len(listed(council)))
        act()
        engine.memory.catch_up()
        seen.append(len(listed(council)))
        return fire(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "fire_apart", overtaken)
        done = tick(engine, council.now())
    return done, seen


def test_what_is_listed_is_kept_until_it_has_fired(councils: tuple[Council, Council]) -> None:
    council, _ = councils
    council.at(LATE, hour=0)
    done, rows = in_between(council, lambda: None)
    assert rows == [len(SERVICES), len(SERVICES)]
    assert done.fired == len(SERVICES)
    assert not listed(council)
    assert council.store.differences(VIEWS) == []


def test_a_matter_that_is_answered_meanwhile_does_not_pass(councils: tuple[Council, Council]) -> None:
    """By somebody whose clock is a little behind: for them it is not late yet."""
    council, other = councils
    council.hire("Rhys", "clerk", scope="CPEG")
    council.at(LATE, hour=0)

    def answer() -> None:
        given = {"category": "category_2"}
        other.step("p3", "intervention", ("AE4", "s07", "1"), "answer", given, body="CPEG")

    done, rows = in_between(council, answer)
    assert rows == [len(SERVICES), 0]
    assert done.failed == []
    assert passed(done) == {f"interventions/AE4/{service}" for service in SERVICES} - {ANSWERED}
    assert {row["name"] for row in council.store.rows(DUE)} == {"report_back"}
    assert council.store.differences(VIEWS) == []


def test_what_another_has_fired_meanwhile_fires_once(councils: tuple[Council, Council]) -> None:
    council, other = councils
    council.hire("Rhys", "clerk", scope="CPEG")
    council.at(LATE, hour=0)
    other.at(LATE, hour=0)

    def answer() -> None:
        given = {"category": "category_2"}
        other.step("p3", "intervention", ("AE4", "s07", "1"), "answer", given, body="CPEG")

    done, _ = in_between(council, answer)
    assert done.failed == []
    assert ANSWERED not in passed(done)
    once = council.store.find(types=["deadline.passed"])
    assert len(once) == len({fact.stream for fact in once}) == len(SERVICES)
    assert council.store.differences(VIEWS) == []


def passed(done: Ticked) -> set[str]:
    return {fact.stream for fact in done.facts if fact.type == "deadline.passed"}
