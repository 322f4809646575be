"""The window of a period closes without a figure: recorded once for each series, and judged by rules that ask about it."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from adapters.holidays import UkHolidays
from adapters.yaml import YamlDocuments
from engine.audit.replay import replay
from engine.audit.verify import verify
from engine.deadlines import windows
from engine.deadlines.foretold import foretell
from engine.packs.load import load_pack
from engine.packs.pack import Pack
from engine.queries.doctor import doctor
from engine.queries.explaining.explain_figure import explain_figure
from engine.queries.names import Names
from engine.queries.references import FigureRef
from engine.testing.council import Council
from engine.views import VIEWS
from events.kinds.figures import FigureOverdue
from events.kinds.statuses import StatusAssessed, TriggerFired
from rules.compile import compile_rules
from rules.ir import Then, Trigger
from rules.kinds.overdue import Overdue
from rules.names import Names as RuleNames
from tests.errors.county import a_county, check, propose, retire
from tests.integration.conftest import ROOT, START, hire_everybody, varied

from .desk import alarms
from .founding import once

ANALYST, MANAGER = "p3", "p4"
AUGUST, LAST, CLOSED = date(2017, 8, 1), date(2017, 8, 15), date(2017, 8, 16)
"""July is asked for on the first, and ten working days later the window closes."""
RULES = """
statuses: {red: {}, green: {}}
compare_by: percent_from_target
bands: [{status: green, at_least: -10}, {status: red}]
triggers: {late: {when: {overdue: "yes"}, then: {notify: service_manager, start: intervention, refer_to: CPEG}}}
"""


def asking(pack: Pack) -> Pack:
    known = RuleNames(
        roles=frozenset({"service_manager"}), bodies=frozenset({"CPEG"}), workflows=frozenset(pack.workflows)
    )
    rules, problems = compile_rules(YamlDocuments().read(RULES, "pack.yaml").tree, known)
    assert rules is not None, problems
    return varied(pack, rules=rules)


@once
def founded(pack: Pack) -> Council:
    """It is 10 July 2017; AE4 returns figures from June on."""
    council = Council(pack, START, holidays=UkHolidays())
    hire_everybody(council)
    council.tick()
    confirmed(council, "2017-06", "95")
    council.at(AUGUST)
    return council


@pytest.fixture
def council(example: Pack) -> Council:
    return founded(asking(example))


def confirmed(council: Council, period: str, value: str, indicator: str = "AE4") -> None:
    council.figure(ANALYST, "enter", f"{indicator}/acute/{period}", value)
    council.figure(MANAGER, "confirm", f"{indicator}/acute/{period}")


def overdue(council: Council) -> list[tuple[str, str]]:
    """Stream and period of every figure that was found overdue."""
    facts = council.store.page(0, 10_000)
    return [(fact.stream, fact.event.period) for fact in facts if isinstance(fact.event, FigureOverdue)]


def firings(council: Council) -> list[tuple[str, bool]]:
    facts = council.store.page(0, 10_000)
    return [
        (fact.event.period, fact.event.consequences) for fact in facts if isinstance(fact.event, TriggerFired)
    ]


def whole(council: Council) -> None:
    assert replay(council.store, council.engine.shelf).differences == []
    assert not verify(council.store, views=VIEWS).faults


def test_when_the_window_closes_without_a_figure_that_is_recorded_once_and_judged(council: Council) -> None:
    council.at(LAST, hour=23)
    council.tick()
    assert overdue(council) == []
    council.at(CLOSED, hour=0)
    ticked = council.tick()
    assert (ticked.fired, ticked.failed) == (1, [])
    assert overdue(council) == [("series/AE4/acute", "2017-07")]
    assert council.status("AE4/acute/2017-07") == "no data"
    assert ("2017-07", True) in firings(council)
    assert council.intervention("AE4", "acute") is not None
    for hour in (9, 10):
        council.at(CLOSED, hour=hour)
        council.tick()
    council.at(date(2017, 8, 17))
    council.tick()
    assert len(overdue(council)) == 1
    lines = explain_figure(council.engine, FigureRef("AE4", "acute", "2017-07"), names=Names()).lines
    assert any(
        line.what.startswith("No figure in force by Tue 15 Aug 2017, when the window closed")
        for line in lines
    )
    whole(council)


def test_a_figure_in_force_or_the_word_that_there_is_none_is_no_overdue_figure(council: Council) -> None:
    council.indicator("AE5", "acute", target="95", first_period="2017-07")
    confirmed(council, "2017-07", "95")
    council.figure(MANAGER, "declare_none", "AE5/acute/2017-07", words={"reason": "the system was down"})
    council.at(CLOSED)
    council.tick()
    assert overdue(council) == []


def test_a_figure_that_comes_afterwards_is_a_late_figure_and_what_was_fired_stands(council: Council) -> None:
    council.figure(ANALYST, "enter", "AE4/acute/2017-07", "94")
    council.at(CLOSED)
    council.tick()
    assert overdue(council) == [("series/AE4/acute", "2017-07")], "entered is not in force"
    council.figure(MANAGER, "confirm", "AE4/acute/2017-07")
    facts = council.store.streams({"series/AE4/acute": 0})["series/AE4/acute"]
    judged = [f.event for f in facts if isinstance(f.event, StatusAssessed) and f.event.period == "2017-07"]
    assert [(each.cause, each.status) for each in judged] == [
        ("no data", "no data"),
        ("late figure", "green"),
    ]
    assert firings(council) == [("2017-07", True)]
    assert "trigger.withdrawn" not in council.types()
    whole(council)


@pytest.mark.parametrize(("said", "late"), [(AUGUST, False), (LAST, False), (CLOSED, True)])
def test_whether_it_was_said_in_time_that_there_is_none_does_not_depend_on_when_it_is_judged(
    council: Council, said: date, late: bool
) -> None:
    """Another month is restated long after, and this one is judged again with it."""
    council.at(said)
    council.figure(MANAGER, "declare_none", "AE4/acute/2017-07", words={"reason": "the system was down"})
    fired = [("2017-07", True)] if late else []
    assert firings(council) == fired
    council.at(date(2017, 11, 20))
    council.figure(ANALYST, "restate", "AE4/acute/2017-06", "50", words={"reason": "late returns"})
    council.figure(MANAGER, "approve_restatement", "AE4/acute/2017-06")
    assert [period for _, period in overdue(council)] == []
    assert firings(council) == fired
    assert "trigger.withdrawn" not in council.types()
    whole(council)


def test_a_figure_that_was_found_overdue_stays_so_when_it_is_judged_again(council: Council) -> None:
    council.at(CLOSED)
    council.tick()
    council.at(date(2017, 8, 20))
    council.figure(MANAGER, "declare_none", "AE4/acute/2017-07", words={"reason": "the system was down"})
    council.figure(ANALYST, "restate", "AE4/acute/2017-06", "50", words={"reason": "late returns"})
    council.figure(MANAGER, "approve_restatement", "AE4/acute/2017-06")
    assert firings(council) == [("2017-07", True)]
    whole(council)


def test_nothing_is_owed_for_history_and_periods_before_a_series_began(council: Council) -> None:
    council.indicator("NEW", "acute", target="95")
    council.indicator("LATER", "acute", target="95", first_period="2017-08")
    council.indicator("PAST", "acute", target="95", first_period="2017-04")
    council.at(CLOSED)
    council.tick()
    assert overdue(council) == [("series/AE4/acute", "2017-07"), ("series/PAST/acute", "2017-07")]


@pytest.mark.parametrize("retired", [False, True])
def test_a_retired_indicator_owes_nothing(retired: bool) -> None:
    pack = load_pack(ROOT / "packs" / "cambridgeshire-2022", ROOT / "packs" / "library", YamlDocuments())
    late = Trigger(id="late", label="Late", when=Overdue(late=True), then=Then(record="Late"))
    rules = msgspec.structs.replace(pack.rules, triggers=(late,))
    county = a_county(varied(pack, rules=rules))
    county.tick()
    if retired:
        retire(county)
    else:
        propose(county, kpi_class="operational")
        check(county)
        county.step("p5", "kpi_lifecycle", ("CF1", "", ""), "adopt", body="JMT")
    county.at(date(2022, 9, 1))
    county.tick()
    assert overdue(county) == ([] if retired else [("series/CF1/climate", "2022-Q1")])


def test_after_an_outage_every_window_that_closed_is_passed_the_oldest_first(council: Council) -> None:
    council.at(date(2017, 10, 20))
    council.tick()
    assert [period for _, period in overdue(council)] == ["2017-07", "2017-08", "2017-09"]
    whole(council)


def test_a_book_whose_rules_do_not_ask_records_nothing_and_reads_no_series(
    example: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    council = founded(example)
    read: list[object] = []
    monkeypatch.setattr(windows, "_of_indicator", lambda *given: read.append(given) or ())
    council.at(CLOSED)
    council.tick()
    assert (overdue(council), read) == ([], [])
    asked = founded(asking(example))
    asked.tick()
    read.clear()
    asked.at(AUGUST, hour=11)
    asked.tick()
    assert read == [], "no day has ended since"
    asked.at(CLOSED)
    asked.tick()
    assert read


def test_what_a_tick_would_find_is_foretold_and_nothing_is_written(council: Council) -> None:
    council.at(CLOSED)
    head = council.store.head()
    foretold, _ = foretell(council.engine, council.now())
    found = [
        (fact.stream, fact.event.period) for fact in foretold.facts if isinstance(fact.event, FigureOverdue)
    ]
    assert found == [("series/AE4/acute", "2017-07")]
    assert council.store.head() == head
    ticked = council.tick()
    assert (ticked.fired, len(ticked.facts)) == (foretold.fired, len(foretold.facts))
    assert foretell(council.engine, council.now())[0].facts == []


def test_a_window_that_no_tick_has_passed_is_an_alarm(council: Council) -> None:
    council.tick()
    council.at(CLOSED)
    assert "GT-CLOCK-210" not in alarms(council), "the last tick promised the next for later"
    council.at(date(2017, 8, 18))
    assert "GT-CLOCK-210" in alarms(council)
    assert "GT-CLOCK-210" in {each.code for each in doctor(council.engine, council.now())}
    council.tick()
    assert alarms(council) == set()


def test_in_a_book_that_nobody_ever_ticked_it_is_one_at_once(example: Pack) -> None:
    council = Council(asking(example), START, holidays=UkHolidays())
    hire_everybody(council)
    confirmed(council, "2017-06", "95")
    council.at(LAST)
    assert alarms(council) == set()
    council.at(CLOSED)
    assert alarms(council) == {"GT-CLOCK-210"}
