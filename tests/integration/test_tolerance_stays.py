"""A tolerance given for an indicator stays with later targets, until another is given or it is dropped on purpose."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.commands import SetTarget, SetTargets
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.register import targets
from engine.queries.tolerance_kept import tolerance_kept
from engine.testing.council import Council
from events.errors import Refused
from events.kinds.register import TargetSet

from .test_matters import JULY

LEAD = "p1"
NEW = "AE9"


def target(
    period: str, value: str, tolerance: str = "", counted_in: str = "", service: str = ""
) -> SetTarget:
    return SetTarget(
        indicator=NEW,
        from_period=period,
        service=service,
        value=Decimal(value),
        tolerance=Decimal(tolerance) if tolerance else None,
        tolerance_in=counted_in,
    )


@pytest.fixture
def town(council: Council) -> Council:
    council.service("maternity")
    council.indicator(NEW, "acute", "maternity", target="80", first="2017-04")
    council.ask(target("2017-05", "80", "5", "units"), LEAD)
    return council


def recorded(council: Council) -> list[tuple[str, Decimal | None, str]]:
    facts = council.store.streams({f"targets/{NEW}": 0})[f"targets/{NEW}"]
    found = [fact.event for fact in facts if isinstance(fact.event, TargetSet)]
    return [(each.from_period, each.tolerance, each.tolerance_in) for each in found]


def test_a_new_target_keeps_the_tolerance_in_its_unit(town: Council) -> None:
    town.ask(target("2017-09", "82"), LEAD)
    assert recorded(town)[-1] == ("2017-09", Decimal(5), "units")
    shown = targets(town.engine, NEW, names=Names(), day=JULY)
    assert [line.tolerance_shown for line in shown if line.from_period == "2017-09"] == ["5 points"]


def test_every_target_of_a_trajectory_keeps_it(town: Council) -> None:
    way = tuple(target(period, value) for period, value in (("2017-09", "82"), ("2017-10", "84")))
    town.ask(SetTargets(indicator=NEW, targets=way), LEAD)
    assert recorded(town)[-2:] == [("2017-09", Decimal(5), "units"), ("2017-10", Decimal(5), "units")]


def test_another_tolerance_takes_its_place_from_then_on(town: Council) -> None:
    town.ask(target("2017-09", "82", "3", "percent"), LEAD)
    town.ask(target("2017-12", "84"), LEAD)
    town.ask(target("2017-07", "81"), LEAD)
    assert recorded(town)[-2:] == [("2017-12", Decimal(3), "percent"), ("2017-07", Decimal(5), "units")]


def test_it_is_dropped_on_purpose_and_does_not_come_back(town: Council) -> None:
    town.ask(target("2017-09", "82", counted_in="none"), LEAD)
    town.ask(target("2017-12", "84"), LEAD)
    assert recorded(town)[-2:] == [("2017-09", None, ""), ("2017-12", None, "")]


def test_a_target_of_one_service_keeps_the_tolerance_of_all(town: Council) -> None:
    town.ask(target("2017-09", "82", service="acute"), LEAD)
    assert recorded(town)[-1] == ("2017-09", Decimal(5), "units")


def test_a_period_before_it_was_given_has_none(town: Council) -> None:
    town.ask(target("2017-04", "70"), LEAD)
    assert recorded(town)[-1] == ("2017-04", None, "")


def test_what_stays_is_said_and_how_to_drop_it(town: Council) -> None:
    wanted = [target("2017-09", "82"), target("2017-10", "84")]
    assert tolerance_kept(Reader(town.engine), wanted) == [
        "The tolerance of 5 points stays from 2017-09 on; '--tolerance none' drops it."
    ]
    assert tolerance_kept(Reader(town.engine), [target("2017-09", "82", counted_in="none")]) == []
    assert tolerance_kept(Reader(town.engine), [target("2017-Q9", "82")]) == []


def test_a_tolerance_is_not_given_and_dropped_at_once(town: Council) -> None:
    with pytest.raises(Refused, match=r"The tolerance of AE9 is to be 5 and dropped at once\."):
        town.ask(target("2017-09", "82", "5", "none"), LEAD)
