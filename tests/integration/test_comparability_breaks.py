"""Another version that measures something else: shown with every series, and nothing looks back across it.

Source: Cambridgeshire 2022, 'Reporting': "Change in performance, showing whether performance is improving or
deteriorating".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from adapters.holidays import UkHolidays
from adapters.yaml import YamlDocuments
from engine.audit.replay import replay
from engine.commands import AddMeeting
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.queries.dashboard import dashboard
from engine.queries.explaining.explain_figure import explain_figure
from engine.queries.figures.derived import derived
from engine.queries.figures.figure_history import figure_history
from engine.queries.names import Names
from engine.queries.quality.report import data_quality
from engine.queries.references import FigureRef
from events.kinds.statuses import StatusAssessed, TriggerFired, TriggerWithdrawn
from rules.compile import compile_rules
from rules.names import Names as RuleNames

from .conftest import ROOT, varied
from .kpi_county import MAY, STRATEGY, County, a_county

FALLING = """
statuses: {{red: {{}}, amber: {{}}, green: {{}}}}
compare_by: percent_from_target
bands: [{{status: green, at_least: 0}}, {{status: amber, at_least: -10}}, {{status: red}}]
across_breaks: {across}
indicator_fields:
  kpi_class: {{type: choice, options: [strategic, service, operational]}}
  stage: {{type: choice, options: [in_use, trial]}}
triggers:
  twice_amber: {{when: {{consecutive: {{status: amber, at_least: 2}}}}, then: {{record: Twice amber}}}}
  falling: {{when: {{direction: worse}}, then: {{record: It falls}}}}
  than_last_year: {{when: {{direction: {{is: worse, against: same_period_last_year}}}}, then: {{record: Worse than last year}}}}
"""
"""Rules that look back: a run of statuses, a direction, and the same period of the year before."""
FIGURES = {"2022-Q1": "78", "2022-Q2": "76", "2022-Q3": "74", "2022-Q4": "73"}
AT_LAST = date(2023, 4, 20)
REF = FigureRef("CF1", "climate", "2022-Q3")


def looking_back(pack: Pack, across: str) -> Pack:
    tree = YamlDocuments().read(FALLING.format(across=across), "pack.yaml").tree
    rules, problems = compile_rules(
        tree, RuleNames(bodies=frozenset(), roles=frozenset(), workflows=frozenset())
    )
    assert rules is not None, problems
    return varied(pack, rules=rules)


@pytest.fixture
def pack(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    return pack_of(ROOT / "packs" / "cambridgeshire-2022")


def broken(pack: Pack, across: str, comparable: str = "no") -> County:
    """Figures that fall from quarter to quarter, and another version from the third quarter on."""
    county = a_county(looking_back(pack, across))
    county.kpi("CF1")
    county.step(county.manager, "take_up")
    county.council.live_until(MAY)
    county.amend("2022-Q3", comparable)
    county.council.live_until(AT_LAST)
    for period, value in FIGURES.items():
        county.figure(f"CF1/climate/{period}", value)
    return county


def fired(county: County) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {period: [] for period in FIGURES}
    for fact in county.council.store.find(types=["trigger.fired"]):
        assert isinstance(fact.event, TriggerFired)
        found[fact.event.period].append(fact.event.trigger)
    return found


def test_nothing_looks_back_across_a_break_where_the_pack_begins_anew(pack: Pack) -> None:
    assert fired(broken(pack, "begun_anew")) == {
        "2022-Q1": [],
        "2022-Q2": ["twice_amber", "falling"],
        "2022-Q3": [],
        "2022-Q4": ["twice_amber", "falling"],
    }


@pytest.mark.parametrize(("across", "comparable"), [("compared", "no"), ("begun_anew", "yes")])
def test_everything_does_where_the_pack_compares_or_the_version_is_comparable(
    pack: Pack, across: str, comparable: str
) -> None:
    assert fired(broken(pack, across, comparable)) == {
        "2022-Q1": [],
        "2022-Q2": ["twice_amber", "falling"],
        "2022-Q3": ["twice_amber", "falling"],
        "2022-Q4": ["twice_amber", "falling"],
    }


def test_the_same_period_last_year_counts_only_after_the_break(pack: Pack) -> None:
    county = broken(pack, "begun_anew")
    county.council.live_until(date(2024, 4, 20))
    for period in ("2023-Q2", "2023-Q3"):
        county.figure(f"CF1/climate/{period}", "60")
    last_year = [
        fact.event.period
        for fact in county.council.store.find(types=["trigger.fired"])
        if isinstance(fact.event, TriggerFired) and fact.event.trigger == "than_last_year"
    ]
    assert last_year == ["2023-Q3"]  # 2023-Q2 would look at 2022-Q2, before the break


def test_a_break_that_is_approved_afterwards_judges_its_periods_again(pack: Pack) -> None:
    county = a_county(looking_back(pack, "begun_anew"))
    county.kpi("CF1")
    county.step(county.manager, "take_up")
    county.council.live_until(AT_LAST)
    for period, value in FIGURES.items():
        county.figure(f"CF1/climate/{period}", value)
    assert fired(county)["2022-Q3"] == ["twice_amber", "falling"]
    county.council.ask(AddMeeting(body=STRATEGY, on=AT_LAST), "p1")
    county.amend("2022-Q3", "no")
    withdrawn = county.council.store.find(types=["trigger.withdrawn"])
    gone = [fact.event for fact in withdrawn if isinstance(fact.event, TriggerWithdrawn)]
    assert [(each.trigger, each.period) for each in gone] == [
        ("twice_amber", "2022-Q3"),
        ("falling", "2022-Q3"),
    ]
    again = [
        fact.event
        for fact in county.council.store.find(types=["status.assessed"])
        if isinstance(fact.event, StatusAssessed) and fact.event.cause == "another version"
    ]
    assert "2022-Q3" in [each.period for each in again]
    assert replay(county.council.store, Shelf(county.council.store, UkHolidays())).differences == []


def test_a_break_shows_with_every_figure_of_the_series(pack: Pack) -> None:
    county = broken(pack, "begun_anew")
    engine = county.council.engine
    said = "CF1 is another version from 2022-Q3 on: figures before it cannot be compared with those after."
    assert said in [line.what for line in explain_figure(engine, REF, names=Names()).lines]
    assert {line.comparable_from for line in figure_history(engine, REF, names=Names())} == {"2022-Q3"}
    assert derived(engine, REF).comparable_from == "2022-Q3"
    before = FigureRef("CF1", "climate", "2022-Q2")
    assert {line.comparable_from for line in figure_history(engine, before, names=Names())} == {None}


def test_the_dashboard_has_no_direction_across_a_break_and_says_how_far_back_can_be_compared(
    pack: Pack,
) -> None:
    county = broken(pack, "begun_anew")
    (at_break,) = dashboard(county.council.engine, period="2022-Q3").lines
    assert (at_break.direction, at_break.recent_comparable, len(at_break.recent)) == ("–", 1, 3)
    (after,) = dashboard(county.council.engine, period="2022-Q4").lines
    assert (after.direction, after.recent_comparable, after.comparable_from) == ("worse", 2, "2022-Q3")
    (before,) = dashboard(county.council.engine, period="2022-Q2").lines
    assert (before.direction, before.comparable_from) == ("worse", None)


def test_a_figure_is_not_odd_because_it_differs_from_another_version(pack: Pack) -> None:
    def odd(comparable: str) -> list[str]:
        county = a_county(pack)
        county.kpi("CF1")
        county.step(county.manager, "take_up")
        county.council.live_until(MAY)
        county.amend("2023-Q1", comparable)
        county.council.live_until(date(2024, 4, 20))
        for number in range(4):
            county.figure(f"CF1/climate/2022-Q{number + 1}", str(70 + number))
            county.figure(f"CF1/climate/2023-Q{number + 1}", str(7 + number))
        return [line.period for line in data_quality(county.council.engine) if line.period == "2023-Q1"]

    assert odd("yes") == ["2023-Q1"]
    assert odd("no") == []
