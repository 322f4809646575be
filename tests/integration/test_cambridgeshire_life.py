"""Cambridgeshire 2022: a KPI that is live is changed, tried out, kept or retired, and its record stays whole.

Source: Performance Management Framework 2022-2023, 'Useful measurements', Appendices 1 and 4.
"""

from __future__ import annotations

from datetime import date

import pytest

from adapters.holidays import UkHolidays
from engine.audit.replay import replay
from engine.audit.verify import verify
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.queries.log import stream
from engine.queries.matters.matter import matter
from engine.queries.names import Names
from engine.queries.references import find_matter
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import Refused

from .kpi_proposal import (
    HIGHWAYS,
    JULY,
    KPI,
    LIFECYCLE,
    MAY,
    STRATEGY,
    People,
    a_county_with_people,
    amend,
    answers,
    check,
    make_live,
    propose,
    propose_removal,
    register,
    state,
)


@pytest.fixture
def founded(cambridgeshire: Pack) -> tuple[Council, People]:
    return a_county_with_people(cambridgeshire)


@pytest.fixture
def county(founded: tuple[Council, People]) -> Council:
    return founded[0]


@pytest.fixture
def people(founded: tuple[Council, People]) -> People:
    return founded[1]


def test_another_version_is_in_force_from_its_period_and_the_break_is_known(
    county: Council, people: People
) -> None:
    make_live(county, people)
    county.live_until(JULY)
    amend(county, people)
    entry = register(county)
    assert entry.added is not None
    assert entry.added.title == "Council's carbon footprint, scopes 1 to 3"
    assert [(str(version.start), version.comparable) for version in entry.versions] == [("2022-Q3", False)]
    assert state(county) == "live"


def test_a_removal_is_refused_and_the_kpi_goes_on(county: Council, people: People) -> None:
    make_live(county, people)
    county.live_until(JULY)
    propose_removal(county, people)
    words = {"reason": "Wanted"}
    with pytest.raises(Refused, match="'refuse_removal' is not a decision of HIGHWAYS_AND_TRANSPORT"):
        county.step(people.highways_clerk, LIFECYCLE, KPI, "refuse_removal", words=words, body=HIGHWAYS)
    county.step(
        people.strategy_clerk,
        LIFECYCLE,
        KPI,
        "refuse_removal",
        words={"reason": "It is our target"},
        body=STRATEGY,
    )
    assert state(county) == "live"
    county.figure(people.enterer, "enter", "CF1/climate/2022-Q1", "120")


def test_a_retired_kpi_keeps_its_history_takes_no_figures_and_is_not_awaited(
    county: Council, people: People
) -> None:
    make_live(county, people)
    county.live_until(JULY)
    county.figure(people.enterer, "enter", "CF1/climate/2022-Q1", "120")
    county.figure(people.confirmer, "confirm", "CF1/climate/2022-Q1")
    propose_removal(county, people)
    county.step(people.strategy_clerk, LIFECYCLE, KPI, "approve_removal", body=STRATEGY)
    assert (state(county), register(county).retired_on) == ("retired", JULY)
    with pytest.raises(Refused, match="CF1 was retired on 12 July 2022: its history stays"):
        county.figure(people.enterer, "enter", "CF1/climate/2022-Q2", "110")
    county.live_until(date(2022, 10, 20))
    assert [task for task in tasks(county.engine, date(2022, 10, 20)) if task.indicator == "CF1"] == []
    assert county.status("CF1/climate/2022-Q1") == "contextual"


def test_a_trial_is_shown_unrated_until_it_is_taken_into_use(county: Council, people: People) -> None:
    propose(county, people, kpi_class="strategic", stage="trial")
    check(county, people.analyst, answers())
    county.step(people.team_clerk, LIFECYCLE, KPI, "endorse", body="JMT")
    county.live_until(MAY)
    with pytest.raises(Refused, match="It is proposed as a trial: approve_trial, until a day"):
        county.step(people.strategy_clerk, LIFECYCLE, KPI, "approve", body=STRATEGY)
    until = {"trial_until": "2022-09-30"}
    county.step(people.strategy_clerk, LIFECYCLE, KPI, "approve_trial", until, body=STRATEGY)
    county.live_until(JULY)
    county.figure(people.enterer, "enter", "CF1/climate/2022-Q1", "120")
    county.figure(people.confirmer, "confirm", "CF1/climate/2022-Q1")
    assert county.status("CF1/climate/2022-Q1") == "in_development"
    proposed = {"outcome": "use"}
    why = {"why": "It can be counted"}
    county.step(people.manager, LIFECYCLE, KPI, "review_trial", proposed, words=why)
    county.step(people.team_clerk, LIFECYCLE, KPI, "endorse_trial_review", body="JMT")
    use = {"from_period": "2022-Q2"}
    county.step(people.strategy_clerk, LIFECYCLE, KPI, "take_into_use", use, body=STRATEGY)
    county.live_until(date(2022, 10, 14))
    county.figure(people.enterer, "enter", "CF1/climate/2022-Q2", "110")
    county.figure(people.confirmer, "confirm", "CF1/climate/2022-Q2")
    assert county.status("CF1/climate/2022-Q2") == "contextual"
    county.figure(people.enterer, "restate", "CF1/climate/2022-Q1", "121", words={"reason": "A meter"})
    county.figure(people.confirmer, "approve_restatement", "CF1/climate/2022-Q1")
    assert county.status("CF1/climate/2022-Q1") == "in_development"


def test_the_record_stays_whole_and_tells_the_story(county: Council, people: People) -> None:
    make_live(county, people)
    county.live_until(JULY)
    amend(county, people)
    propose_removal(county, people)
    county.step(people.strategy_clerk, LIFECYCLE, KPI, "approve_removal", body=STRATEGY)
    story = matter(county.engine, find_matter(county.engine, "kpi_lifecycle-0001"), JULY, names=Names())
    assert [move.step for move in story.moves][-1] == "approve_removal"
    told = [line.sentence for line in stream(county.engine, "indicator/CF1", names=Names())]
    assert "another version from 2022-Q3 on, not comparable with what was before" in told[1]
    assert "retired the indicator CF1" in told[2]
    assert replay(county.store, Shelf(county.store, UkHolidays())).differences == []
    assert not verify(county.store, views=VIEWS).faults
