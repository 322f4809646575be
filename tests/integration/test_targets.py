"""Targets by period: profiles and trajectories, the hardest of several, tolerances, and a target that changes what was judged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.audit.replay import replay
from engine.commands import SetTarget, SetTargets
from engine.handle import Answer
from engine.packs.pack import Pack
from engine.queries.names import Names
from engine.queries.register import targets
from engine.testing.council import Council
from engine.trajectory import trajectory
from engine.views import VIEWS
from events.errors import Refused
from events.kinds.register import TargetSet
from events.kinds.statuses import StatusAssessed
from events.period import parse_period

LEAD, ANALYST, MANAGER = "p1", "p3", "p4"


def confirmed(council: Council, period: str, value: str, indicator: str = "AE4") -> None:
    council.figure(ANALYST, "enter", f"{indicator}/acute/{period}", value)
    council.figure(MANAGER, "confirm", f"{indicator}/acute/{period}")


def judgements(council: Council, period: str) -> list[StatusAssessed]:
    facts = council.store.streams({"series/AE4/acute": 0})["series/AE4/acute"]
    return [f.event for f in facts if isinstance(f.event, StatusAssessed) and f.event.period == period]


def set_target(council: Council, period: str, value: str, why: str | None = "agreed in cabinet") -> Answer:
    words = council.text(why) if why else None
    request = SetTarget(
        indicator="AE4", from_period=period, value=Decimal(value), reason=words.ref if words else None
    )
    return council.ask(request, LEAD, texts=(words,) if words else ())


def test_a_changed_target_judges_again_and_says_so(council: Council) -> None:
    confirmed(council, "2017-04", "90")
    confirmed(council, "2017-05", "90")
    set_target(council, "2017-05", "90")
    assert council.status("AE4/acute/2017-04") == "amber"
    assert council.status("AE4/acute/2017-05") == "green"
    assert [judged.cause for judged in judgements(council, "2017-05")] == ["confirmed", "target"]


def test_a_target_under_judged_periods_needs_a_reason(council: Council) -> None:
    confirmed(council, "2017-05", "90")
    with pytest.raises(Refused) as refused:
        set_target(council, "2017-05", "90", why=None)
    assert [problem.code for problem in refused.value.problems] == ["GT-REGISTER-019"]
    set_target(council, "2017-06", "90", why=None)


def test_a_general_target_needs_no_reason_where_each_judged_service_has_its_own(council: Council) -> None:
    own = SetTarget(indicator="AE4", from_period="2017-01", service="acute", value=Decimal(95))
    council.ask(own, LEAD)
    confirmed(council, "2017-05", "90")
    set_target(council, "2017-01", "80", why=None)
    assert council.status("AE4/acute/2017-05") == "amber"


def test_a_changed_target_withdraws_what_no_longer_holds(council: Council) -> None:
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "80")
    assert council.intervention("AE4", "acute") is not None
    set_target(council, "2017-06", "80")
    row = council.intervention("AE4", "acute")
    assert row is not None
    assert row["state"] == "declined"
    assert "trigger.withdrawn" in council.types()


def test_a_profile_sets_all_or_none_and_judges_each_period_once(council: Council) -> None:
    for month in ("2017-04", "2017-05", "2017-06"):
        confirmed(council, month, "85")
    why = council.text("a profile")
    wanted = [("2017-04", "95"), ("2017-05", "90"), ("2017-06", "85")]
    profile = tuple(
        SetTarget(indicator="AE4", from_period=month, value=Decimal(value), reason=why.ref)
        for month, value in wanted
    )
    council.ask(SetTargets(indicator="AE4", targets=profile), LEAD, texts=(why,))
    statuses = [council.status(f"AE4/acute/{month}") for month, _ in wanted]
    assert statuses == ["red", "amber", "green"]
    assert [len(judgements(council, month)) for month, _ in wanted] == [1, 2, 2]
    wrong = (*profile, SetTarget(indicator="AE4", from_period="2017-13"))
    with pytest.raises(Refused):
        council.ask(SetTargets(indicator="AE4", targets=wrong), LEAD, texts=(why,))


def test_a_trajectory_leads_straight_from_one_target_to_the_other_in_the_indicators_decimals() -> None:
    start = parse_period("2026-Q1"), Decimal(60)
    found = trajectory(start, (parse_period("2026-Q4"), Decimal(80)), 1)
    assert [(str(period), str(value)) for period, value in found] == [
        ("2026-Q1", "60"),
        ("2026-Q2", "66.7"),
        ("2026-Q3", "73.3"),
        ("2026-Q4", "80"),
    ]


@pytest.mark.parametrize(
    ("polarity", "value", "basis"), [("higher", 72, "benchmark"), ("lower", 70, "statutory")]
)
def test_the_hardest_of_several_is_the_target_and_which_it_is_stands_in_the_record(
    council: Council, polarity: str, value: int, basis: str
) -> None:
    council.indicator("AE5", "acute", polarity=polarity)
    bases = {"benchmark": Decimal(72), "statutory": Decimal(70)}
    answer = council.ask(SetTarget(indicator="AE5", from_period="2017-04", bases=bases), LEAD)
    (fact,) = answer.facts
    assert isinstance(fact.event, TargetSet)
    assert (fact.event.value, fact.event.basis, fact.event.bases) == (value, basis, bases)
    (line,) = targets(council.engine, "AE5", names=Names())
    assert (line.shown, line.basis) == (f"{value} %", basis)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"value": Decimal(101)}, "The target, 101 %, is more than AE4 can be, which is 100 %."),
        ({"value": Decimal(-1)}, "The target, -1 %, is less than AE4 can be, which is 0 %."),
        ({"value": Decimal(95), "floor": Decimal(900)}, "The floor, 900 %, is more than AE4 can be"),
        (
            {"bases": {"benchmark": Decimal(950), "law": Decimal(90)}},
            "The target 'benchmark', 950 %, is more",
        ),
    ],
)
def test_a_target_that_no_figure_can_have_is_refused_with_the_way_out(
    council: Council, given: dict[str, Any], says: str
) -> None:
    with pytest.raises(Refused) as refused:
        council.ask(SetTarget(indicator="AE4", from_period="2018-01", **given), LEAD)
    (problem,) = refused.value.problems
    assert problem.sentence.startswith(says)
    assert "goldenthread indicator amend AE4 --" in problem.fix


def test_a_target_at_the_very_edge_and_one_beyond_a_limit_that_was_moved_are_taken(council: Council) -> None:
    council.ask(SetTarget(indicator="AE4", from_period="2018-01", value=Decimal(100)), LEAD)
    council.indicator("OV1", "acute", highest=Decimal(150))
    council.ask(SetTarget(indicator="OV1", from_period="2018-01", value=Decimal(120)), LEAD)
    set_in_january = {
        code: each.value
        for code in ("AE4", "OV1")
        for each in targets(council.engine, code, names=Names())
        if each.from_period == "2018-01"
    }
    assert set_in_january == {"AE4": "100", "OV1": "120"}


def test_what_was_judged_under_each_target_comes_out_again(council: Council) -> None:
    confirmed(council, "2017-05", "90")
    confirmed(council, "2017-06", "80")
    set_target(council, "2017-05", "80")
    set_target(council, "2017-06", "95")
    assert replay(council.store, council.engine.shelf).differences == []
    assert council.store.differences(VIEWS) == []


def test_judging_forty_periods_again_records_only_what_differs(example: Pack) -> None:
    council = Council(example, date(2017, 7, 10))
    council.service("acute")
    council.indicator("AE4", "acute", target="95")
    council.hire("Priya", "data_enterer")
    council.hire("Tom", "data_manager")
    first = parse_period("2014-01")
    months = [str(first.shift(n)) for n in range(40) if str(first.shift(n)) >= "2016-04"]
    for month in months:
        confirmed(council, month, "90")
    before = len(council.types())
    set_target(council, months[0], "94")
    assert len(council.types()) - before == 1 + len(months), "each month has another distance from its target"
    set_target(council, months[0], "94")
    assert len(council.types()) - before == 2 + len(months), "and none, where the target is the same"


def test_the_target_in_force_on_a_day_is_marked_for_the_services_it_is_of(council: Council) -> None:
    council.service("mental")
    council.indicator("AE5", "acute", "mental", target="90", first="2017-04")
    for service, period, value in (("acute", "2017-06", 92), ("", "2018-04", 94)):
        council.ask(
            SetTarget(indicator="AE5", service=service, from_period=period, value=Decimal(value)), LEAD
        )

    def marked(day: date) -> list[str]:
        return [line.in_force for line in targets(council.engine, "AE5", names=Names(), day=day)]

    assert marked(date(2017, 3, 31)) == ["", "", ""]
    assert marked(date(2017, 5, 1)) == ["in force", "", ""]
    assert marked(date(2017, 6, 30)) == ["in force for mental", "in force", ""]
    assert marked(date(2018, 4, 1)) == ["", "in force", "in force for mental"]
