"""A matter rests on the firings that began it or were added to it, and on nothing else that its trigger ever did."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from engine.commands import SetTarget, SetTargets
from engine.packs.pack import Pack
from engine.testing.council import Council

from .test_matters import ANALYST, MANAGER, SERVICE, confirmed, state, town_of, with_workflows

AUGUST = date(2017, 8, 10)


@pytest.fixture
def town(example: Pack) -> Council:
    council = town_of(with_workflows(example))
    council.at(AUGUST)
    return council


def restate(council: Council, period: str, value: str) -> None:
    ref = f"AE4/acute/{period}"
    council.figure(ANALYST, "restate", ref, value, words={"reason": "typing error"})
    council.figure(MANAGER, "approve_restatement", ref)


def test_restating_an_old_period_leaves_the_matter_of_a_later_one_alone(town: Council) -> None:
    confirmed(town, "2017-04", "80")
    town.step(SERVICE, "action", ("AE4", "acute", ""), "give", words={"words": "Two more nurses"})
    confirmed(town, "2017-05", "99")
    confirmed(town, "2017-06", "80")
    confirmed(town, "2017-07", "99")
    restate(town, "2017-04", "99")
    assert state(town, "action", ordinal="2") == "owed"
    restate(town, "2017-06", "99")
    assert state(town, "action", ordinal="2") == "not_needed"


def test_a_matter_that_rests_on_two_firings_stands_until_both_are_withdrawn(town: Council) -> None:
    for period, value in (("2017-04", "80"), ("2017-05", "99"), ("2017-06", "80"), ("2017-07", "99")):
        confirmed(town, period, value)
    restate(town, "2017-06", "99")
    assert state(town, "action") == "owed"
    restate(town, "2017-04", "99")
    assert state(town, "action") == "not_needed"


def test_a_matter_stands_while_its_trigger_goes_on_without_the_period_that_began_it(town: Council) -> None:
    for period in ("2017-04", "2017-05", "2017-06"):
        confirmed(town, period, "80")
    restate(town, "2017-04", "99")
    assert state(town, "action") == "owed"


def test_judging_many_periods_again_ends_only_what_rests_on_them(town: Council) -> None:
    confirmed(town, "2017-04", "80")
    town.step(SERVICE, "action", ("AE4", "acute", ""), "give", words={"words": "Two more nurses"})
    for period, value in (("2017-05", "99"), ("2017-06", "80"), ("2017-07", "99")):
        confirmed(town, period, value)
    why = town.text("Agreed anew")
    easier = tuple(
        SetTarget(indicator="AE4", from_period=period, value=Decimal(value), reason=why.ref)
        for period, value in (("2017-04", "80"), ("2017-05", "95"))
    )
    town.ask(SetTargets(indicator="AE4", targets=easier), "p1", texts=(why,))
    assert "trigger.withdrawn" in town.types()
    assert state(town, "action", ordinal="2") == "owed"
