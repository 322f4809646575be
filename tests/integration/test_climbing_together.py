"""Many ladders that climb by themselves in one unit of work: decided once where they are alike, and only there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from adapters.holidays import UkHolidays
from engine.commands import SetTarget, Step, TakeSteps
from engine.deciders.climbing import AskedWhich, Whichever
from engine.handle import deadline_of, just_after
from engine.packs.pack import Pack
from engine.testing.council import Council
from engine.views import DUE
from events.schema import Event
from tests.campaigns.packs import automatic, example, varied
from workflows.definition import Condition, Definition

from .many_deadlines import FELL_DUE, OPENED, council_waiting

MATTERS = 6
CLIMBED = ["rung.moved"]


def waiting(pack: Pack) -> Council:
    """Six matters that a body has not answered in time."""
    council = council_waiting(pack, OPENED, MATTERS)
    council.tick()
    council.at(FELL_DUE)
    return council


def tied(pack: Pack, guard: str) -> Pack:
    """The same pack, whose ladder climbs only where a guard holds besides."""
    held: Definition = pack.workflows["intervention"]
    condition = Condition(guard=guard, otherwise="It has not recovered.")
    steps = tuple(
        msgspec.structs.replace(step, only_when=(*step.only_when, condition)) if step.name == "move" else step
        for step in held.steps
    )
    return varied(
        pack, workflows={**pack.workflows, "intervention": msgspec.structs.replace(held, steps=steps)}
    )


def recorded(council: Council) -> list[tuple[str, str, str | None, Event]]:
    """What passing and climbing left behind, matter by matter."""
    facts = council.store.find(types=["deadline.passed", *CLIMBED], limit=1000)
    told = [(fact.stream, fact.type, fact.caused_by, fact.event) for fact in facts]
    return sorted(told, key=lambda each: each[:2])


def moved(council: Council) -> list[str]:
    """The services whose matter has climbed."""
    return [fact.stream.rpartition("/")[2] for fact in council.store.find(types=CLIMBED, limit=1000)]


def test_ladders_climb_together_as_each_would_by_itself() -> None:
    together, apart = waiting(automatic(example())), waiting(automatic(example()))
    assert together.tick().fired == MATTERS
    rows = apart.store.rows(DUE, below={"due_at": just_after(apart.now())})
    for row in rows:
        apart.engine.fire([deadline_of(row, apart.now())], apart.now())
    assert recorded(together) == recorded(apart)
    assert len(moved(together)) == MATTERS


def test_a_ladder_that_asks_about_its_series_is_decided_for_each_series() -> None:
    council = council_waiting(tied(automatic(example()), "recovered_or_waived"), OPENED, MATTERS)
    council.tick()
    council.ask(SetTarget(indicator="AE4", from_period="2026-01", value=Decimal(95)), "p1")
    manager = council.hire("Tom Manager", "data_manager")
    council.figure("p3", "enter", "AE4/s3/2026-02", "99")
    council.figure(manager, "confirm", "AE4/s3/2026-02")
    council.at(FELL_DUE)
    done = council.tick()
    assert moved(council) == ["s3"]
    assert {failed.deadline.stream.rpartition("/")[2] for failed in done.failed} == {
        "s0",
        "s1",
        "s2",
        "s4",
        "s5",
    }


def refer(council: Council, service: str, body: str) -> None:
    """Refer a service's indicator to a body."""
    fields = {"refer_to": body}
    step = Step(
        workflow="intervention", indicator="X1", service=service, subject="", step="propose", fields=fields
    )
    council.ask(TakeSteps(steps=(step,)), "p1")


def two_services() -> Council:
    """A council with two services whose ladders climb by themselves."""
    council = Council(automatic(example()), OPENED, holidays=UkHolidays())
    for service in ("a", "b"):
        council.service(service)
    council.indicator("X1", "a", "b")
    return council


def test_matters_with_different_bodies_climb_to_different_rungs() -> None:
    council = two_services()
    refer(council, "a", "CPEG")
    refer(council, "b", "CMT")
    council.at(FELL_DUE)
    council.tick()
    rows = [council.intervention("X1", service) for service in ("a", "b")]
    assert [row and row["body"] for row in rows] == ["CMT", "CABINET"]


def test_matters_that_came_to_one_rung_by_different_ways_keep_their_own_counts() -> None:
    council = two_services()
    refer(council, "a", "CPEG")
    council.live_until(date(2026, 4, 5))
    refer(council, "b", "CMT")
    council.at(date(2026, 5, 6))
    while council.tick().fired:
        pass
    sets = {
        fact.stream.rpartition("/")[2]: [(each.name, each.n) for each in fact.event.move.sets]  # type: ignore[attr-defined]  # moves, all of them
        for fact in council.store.find(types=CLIMBED, limit=10)
    }
    assert sets == {"a": [("rung_response", 2)], "b": [("rung_response", 1)]}


@pytest.mark.parametrize(
    "look",
    [
        lambda series: series[1],
        lambda series: [*series],
        lambda series: len(series),
        lambda series: series == ("AE4", "s1"),
        lambda series: series < ("AE4", "s1"),
        lambda series: repr(series),
        lambda series: series != ("AE4", "s1"),
        lambda series: hash(series),
        lambda series: "AE4" in series,
        lambda series: bool(series),
        lambda series: str(series),
        lambda series: f"{series}",
        lambda series: (lambda indicator, service: service)(*series),
        lambda series: "/".join(series),
    ],
)
def test_nobody_learns_which_series_it_is_without_being_noticed(look: Callable[[Any], object]) -> None:
    with pytest.raises(AskedWhich):
        look(Whichever())
