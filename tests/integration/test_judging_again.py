"""Restating one figure judges its series again from that period, and only differences are recorded."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import FrameType

import msgspec
import pytest

from adapters.holidays import UkHolidays
from engine.audit.replay import replay
from engine.commands import SetTarget
from engine.packs.pack import Pack
from engine.testing import InMemoryStore
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import Refused
from events.kinds.statuses import StatusAssessed
from events.period import parse_period
from tests.integration.conftest import START, hire_everybody, varied

from .founding import once

ANALYST, MANAGER, SERVICE, CLERK = "p3", "p4", "p5", "p6"
SERIES = ("AE4", "acute")


def confirmed(council: Council, period: str, value: str) -> None:
    council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
    council.figure(MANAGER, "confirm", f"AE4/acute/{period}")


def restated(council: Council, period: str, value: str) -> None:
    council.figure(ANALYST, "restate", f"AE4/acute/{period}", value, words={"reason": "late returns"})
    council.figure(MANAGER, "approve_restatement", f"AE4/acute/{period}")


def assessments(council: Council, period: str) -> list[StatusAssessed]:
    facts = council.store.streams({"series/AE4/acute": 0})["series/AE4/acute"]
    return [f.event for f in facts if isinstance(f.event, StatusAssessed) and f.event.period == period]


def test_the_old_figure_stays_in_force_until_the_restatement_is_approved(council: Council) -> None:
    confirmed(council, "2017-05", "90")
    council.figure(ANALYST, "restate", "AE4/acute/2017-05", "80", words={"reason": "late returns"})
    assert council.status("AE4/acute/2017-05") == "amber"
    council.figure(MANAGER, "approve_restatement", "AE4/acute/2017-05")
    assert council.status("AE4/acute/2017-05") == "red"
    assert [a.cause for a in assessments(council, "2017-05")] == ["confirmed", "restated"]


def test_who_restates_does_not_approve_the_restatement(council: Council) -> None:
    confirmed(council, "2017-05", "90")
    council.figure(MANAGER, "restate", "AE4/acute/2017-05", "80", words={"reason": "late returns"})
    with pytest.raises(Refused):
        council.figure(MANAGER, "approve_restatement", "AE4/acute/2017-05")


def test_a_restated_earlier_period_makes_the_later_one_turn_red(council: Council) -> None:
    confirmed(council, "2017-05", "80")
    confirmed(council, "2017-06", "80")
    assert council.intervention(*SERIES) is None
    restated(council, "2017-05", "90")
    row = council.intervention(*SERIES)
    assert row is not None
    assert row["period"] == "2017-06"


def test_a_trigger_that_no_longer_holds_is_withdrawn_and_the_proposal_with_it(council: Council) -> None:
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "80")
    restated(council, "2017-06", "88")
    assert "trigger.withdrawn" in council.types()
    row = council.intervention(*SERIES)
    assert row is not None
    assert (row["state"], row["ended"]) == ("declined", 1)


def test_an_agreed_intervention_keeps_its_clock_when_its_cause_is_withdrawn(council: Council) -> None:
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "80")
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_1"}, body="CPEG")
    restated(council, "2017-06", "88")
    row = council.intervention(*SERIES)
    assert row is not None
    assert (row["state"], row["report_due"]) == ("reporting", "2018-01-10")
    assert "cause.withdrawn" in council.types()


def test_restating_and_restating_back_leaves_the_statuses_as_they_were(council: Council) -> None:
    for period, value in (("2017-03", "90"), ("2017-04", "80"), ("2017-05", "90"), ("2017-06", "96")):
        confirmed(council, period, value)
    before = [council.status(f"AE4/acute/2017-0{month}") for month in range(3, 7)]
    restated(council, "2017-04", "91")
    assert council.status("AE4/acute/2017-04") == "amber"
    restated(council, "2017-04", "80")
    assert [council.status(f"AE4/acute/2017-0{month}") for month in range(3, 7)] == before


def test_only_the_latest_period_has_consequences(council: Council) -> None:
    confirmed(council, "2017-04", "90")
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "96")
    restated(council, "2017-05", "80")
    assert "trigger.fired" in council.types()
    assert council.intervention(*SERIES) is None


def test_a_late_figure_judges_the_periods_after_it_again(council: Council) -> None:
    confirmed(council, "2017-06", "80")
    assert council.intervention(*SERIES) is None
    confirmed(council, "2017-05", "90")
    assert council.intervention(*SERIES) is not None
    assert assessments(council, "2017-06")[-1].cause == "late figure"


def test_a_judgement_that_changes_nothing_records_nothing(council: Council) -> None:
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "91")
    restated(council, "2017-05", "90.5")
    assert len(assessments(council, "2017-06")) == 1


def answered(council: Council) -> None:
    council.step(CLERK, "intervention", (*SERIES, "1"), "answer", {"category": "category_1"}, body="CPEG")


def lower_target(council: Council) -> None:
    why = council.text("agreed in cabinet")
    council.ask(
        SetTarget(indicator="AE4", from_period="2017-06", value=Decimal(80), reason=why.ref),
        "p1",
        texts=(why,),
    )


CAUSES: dict[str, tuple[str, Callable[[Council], None]]] = {
    "the latest figure restated": ("2017-05", lambda council: restated(council, "2017-06", "88")),
    "an earlier figure restated": ("2017-05", lambda council: restated(council, "2017-05", "80")),
    "a late figure": ("2017-04", lambda council: confirmed(council, "2017-05", "96")),
    "a changed target": ("2017-05", lower_target),
}
"""What makes June no longer turn from amber to red: (the amber period before it, what happens)."""


@pytest.fixture
@once
def looking_back(example: Pack) -> Council:
    """A council whose triggers look through a period that was never returned."""
    triggers = tuple(msgspec.structs.replace(each, gaps="look_through") for each in example.rules.triggers)
    pack = varied(example, rules=msgspec.structs.replace(example.rules, triggers=triggers))
    council = Council(pack, START, holidays=UkHolidays())
    hire_everybody(council)
    return council


@pytest.mark.parametrize("cause", CAUSES)
def test_whatever_takes_the_cause_away_declines_what_was_only_proposed(
    looking_back: Council, cause: str
) -> None:
    council, (before, happens) = looking_back, CAUSES[cause]
    confirmed(council, before, "90")
    confirmed(council, "2017-06", "80")
    happens(council)
    row = council.intervention(*SERIES)
    assert row is not None
    assert (row["state"], row["ended"]) == ("declined", 1)
    assert "cause.withdrawn" not in council.types()
    assert replay(council.store, council.engine.shelf).differences == []


@pytest.mark.parametrize("cause", CAUSES)
def test_whatever_takes_the_cause_away_leaves_what_was_agreed_and_tells_the_body(
    looking_back: Council, cause: str
) -> None:
    council, (before, happens) = looking_back, CAUSES[cause]
    confirmed(council, before, "90")
    confirmed(council, "2017-06", "80")
    answered(council)
    happens(council)
    row = council.intervention(*SERIES)
    assert row is not None
    assert (row["state"], row["ended"]) == ("reporting", 0)
    assert council.types().count("cause.withdrawn") == 1
    assert council.store.differences(VIEWS) == []


def test_what_is_withdrawn_and_holds_again_is_fired_again(council: Council) -> None:
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "80")
    restated(council, "2017-06", "88")
    restated(council, "2017-06", "80")
    assert council.types().count("trigger.fired") == 2
    row = council.intervention(*SERIES, "2")
    assert row is not None
    assert row["state"] == "proposed"
    assert replay(council.store, council.engine.shelf).differences == []


def calls(act: Callable[[], object]) -> int:
    """How many functions are called, of ours and of the library's: a measure of work that no clock disturbs."""
    count = 0

    def on_call(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(on_call)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


def test_judging_twice_as_many_periods_again_is_twice_the_work(example: Pack) -> None:
    def again(periods: int) -> int:
        council = Council(example, date(2030, 1, 1), store=InMemoryStore(VIEWS))
        hire_everybody(council)
        first = parse_period("2016-04")
        months = [str(first.shift(n)) for n in range(periods)]
        for month in months:
            confirmed(council, month, "90")
        why = council.text("agreed in cabinet")
        request = SetTarget(indicator="AE4", from_period=months[0], value=Decimal(94), reason=why.ref)
        return calls(lambda: council.ask(request, "p1", texts=(why,)))

    once, twice = again(40), again(80)
    assert twice < 2.2 * once
