"""In a book: directions from confirmed figures, figures that are overdue, and people told once of a group of firings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.holidays import UkHolidays
from adapters.yaml import YamlDocuments
from engine.audit.replay import replay
from engine.commands import FigureFields, Step, TakeSteps
from engine.packs.pack import Pack
from engine.testing.council import Council
from events.kinds.statuses import StatusAssessed, TriggerFired
from rules.compile import compile_rules
from rules.ir import RuleSet
from rules.names import Names
from tests.integration.conftest import START, hire_everybody, varied

ANALYST, MANAGER = "p3", "p4"
TEXT = """
statuses: {red: {}, amber: {}, green: {}}
compare_by: percent_from_target
bands:
  - {status: green, at_least: -10}
  - {status: amber, when: {direction: {is: [better, same], against: same_period_last_year}}}
  - {status: red}
triggers:
  declines: {when: {consecutive: {direction: worse, at_least: 2}}, then: {record: Two declines}}
  first_red: {when: {first_status: red}, then: {record: A first red}}
  late: {when: {overdue: "yes"}, group_by: service, then: {notify: service_manager}}
"""


def judged_by() -> RuleSet:
    tree = YamlDocuments().read(TEXT, "pack.yaml").tree
    found, problems = compile_rules(tree, Names(roles=frozenset({"service_manager"})))
    assert found is not None, problems
    return found


@pytest.fixture
def found(example: Pack) -> Callable[[], Council]:
    """Found a council on 10 July 2017, judged by the rules above."""

    def one() -> Council:
        council = Council(varied(example, rules=judged_by()), START, holidays=UkHolidays())
        hire_everybody(council)
        return council

    return one


@pytest.fixture
def council(found: Callable[[], Council]) -> Council:
    """One council."""
    return found()


def confirmed(council: Council, period: str, value: str) -> None:
    council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
    council.figure(MANAGER, "confirm", f"AE4/acute/{period}")


def restated(council: Council, period: str, value: str) -> None:
    council.figure(ANALYST, "restate", f"AE4/acute/{period}", value, words={"reason": "late returns"})
    council.figure(MANAGER, "approve_restatement", f"AE4/acute/{period}")


def last_judgements(council: Council) -> dict[str, StatusAssessed]:
    facts = council.store.streams({"series/AE4/acute": 0})["series/AE4/acute"]
    return {f.event.period: f.event for f in facts if isinstance(f.event, StatusAssessed)}


def firings(council: Council, trigger: str) -> list[str]:
    facts = council.store.streams({"series/AE4/acute": 0})["series/AE4/acute"]
    return [f.event.period for f in facts if isinstance(f.event, TriggerFired) and f.event.trigger == trigger]


def test_directions_come_from_the_figures_in_force(council: Council) -> None:
    for period, value in (("2016-05", "70"), ("2017-03", "90"), ("2017-04", "89"), ("2017-05", "71")):
        confirmed(council, period, value)
    assert last_judgements(council)["2017-05"].status == "amber"
    assert firings(council, "declines") == ["2017-05"]
    restated(council, "2016-05", "72")
    assert last_judgements(council)["2017-05"].status == "red"
    assert replay(council.store, council.engine.shelf).differences == []


def test_a_first_red_is_one_however_long_the_series_becomes(council: Council) -> None:
    for period, value in (("2017-03", "10"), ("2017-04", "95"), ("2017-05", "9")):
        confirmed(council, period, value)
    assert firings(council, "first_red") == ["2017-03"]


def test_a_figure_confirmed_after_its_window_is_overdue_and_stays_so_when_restated(council: Council) -> None:
    confirmed(council, "2017-06", "95")
    assert firings(council, "late") == []
    council.at(date(2017, 12, 1))
    confirmed(council, "2017-07", "95")
    assert firings(council, "late") == ["2017-07"]
    restated(council, "2017-07", "94")
    assert "trigger.withdrawn" not in council.types()
    assert replay(council.store, council.engine.shelf).differences == []


def test_a_figure_that_comes_late_after_all_is_overdue_though_no_figure_was_said_in_time(
    council: Council,
) -> None:
    council.figure(MANAGER, "declare_none", "AE4/acute/2017-06", words={"reason": "the system was down"})
    assert firings(council, "late") == []
    council.at(date(2017, 12, 1))
    restated(council, "2017-06", "95")
    assert firings(council, "late") == ["2017-06"]
    row = council.submission("AE4/acute/2017-06")
    assert row is not None
    assert int(row["late_days"] or 0) > 0
    assert replay(council.store, council.engine.shelf).differences == []


def test_people_are_told_once_of_all_firings_of_a_command_that_share_a_service(council: Council) -> None:
    council.indicator("AE5", "acute", target="95")
    council.service("dental")
    council.indicator("DE1", "dental", target="95")
    council.at(date(2017, 12, 1))
    series = [("AE4", "acute"), ("AE5", "acute"), ("DE1", "dental")]
    for step, who in (("enter", ANALYST), ("confirm", MANAGER)):
        figure = FigureFields(value=Decimal(95)) if step == "enter" else None
        steps = tuple(
            Step(
                workflow="submission",
                indicator=indicator,
                service=service,
                subject="2017-07",
                step=step,
                figure=figure,
            )
            for indicator, service in series
        )
        council.ask(TakeSteps(steps=steps), who)
    told = [row.notice.subject for row in council.store.outbox() if row.notice.kind == "trigger"]
    assert told == ["AE4/acute/2017-07", "DE1/dental/2017-07"]


@given(
    st.lists(st.integers(60, 100), min_size=4, max_size=6),
    st.data(),
)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_restating_and_restating_back_leaves_the_statuses_as_they_were(
    found: Callable[[], Council], values: list[int], data: st.DataObject
) -> None:
    council = found()
    periods = ["2016-04", "2016-05", "2017-02", "2017-03", "2017-04", "2017-05"][: len(values)]
    for period, value in zip(periods, values, strict=True):
        confirmed(council, period, str(value))
    before = last_judgements(council)
    index = data.draw(st.integers(0, len(values) - 1))
    restated(
        council, periods[index], str(data.draw(st.integers(60, 100).filter(lambda v: v != values[index])))
    )
    restated(council, periods[index], str(values[index]))
    after = last_judgements(council)
    for period, judged in before.items():
        then, now = (
            msgspec.structs.replace(each, cause="", figure=None, triggers={})
            for each in (judged, after[period])
        )
        assert now == then
        assert set(after[period].triggers) == set(judged.triggers)
