"""Cambridgeshire 2022: a strategic KPI is proposed, checked and decided by its committee.

Source: Performance Management Framework 2022-2023, 'Useful measurements', Appendices 1 and 4.
"""

from __future__ import annotations

from datetime import date

import pytest

from engine.commands import RecordMinute
from engine.packs.pack import Pack
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council
from events.errors import Refused

from .kpi_proposal import (
    HIGHWAYS,
    JULY,
    KPI,
    LIFECYCLE,
    MAY,
    PROPOSAL,
    QUESTIONS,
    STRATEGY,
    People,
    a_county_with_people,
    answers,
    check,
    propose,
    reasons,
    register,
    state,
    to_committee,
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


def test_a_kpi_with_a_question_unanswered_is_refused_with_every_reason(
    county: Council, people: People
) -> None:
    propose(county, people)
    given = answers(comparator="no")
    del given["recent"]
    words = {f"{name}_because": "Seen" for name in given if name != "comparator"}
    with pytest.raises(Refused) as refused:
        county.step(people.analyst, LIFECYCLE, KPI, "check", given, words=words)
    assert "The question 'recent' has no answer: Is the data sufficiently recent?" in reasons(refused)
    assert "The question 'comparator' is answered 'no' without a reason" in reasons(refused)
    assert len(refused.value.problems) == 2
    assert state(county) == "proposed"


def test_all_twelve_questions_are_asked_at_once(county: Council, people: People) -> None:
    propose(county, people)
    with pytest.raises(Refused) as refused:
        county.step(people.analyst, LIFECYCLE, KPI, "check")
    assert len(refused.value.problems) == len(QUESTIONS)


def test_the_checker_follows_the_producer(county: Council, people: People) -> None:
    propose(county, people, produced_by="contractor")
    with pytest.raises(Refused, match="A directorate checks what it or its contractor produces"):
        check(county, people.analyst, answers())
    with pytest.raises(Refused, match="is for Officer of a directorate"):
        check(county, people.analyst, answers(), step="check_in_directorate")
    check(county, people.officer, answers(), step="check_in_directorate")
    assert state(county) == "checked"


def test_nobody_checks_what_they_proposed(county: Council, people: People) -> None:
    county.step(people.analyst, LIFECYCLE, KPI, "propose", dict(PROPOSAL), words={"why": "Emissions"})
    with pytest.raises(Refused, match=f"needs another person than {people.analyst}"):
        check(county, people.analyst, answers())


def test_a_strategic_kpi_goes_to_strategy_and_resources_and_no_other_committee_decides(
    county: Council, people: People
) -> None:
    with pytest.raises(Refused, match="HIGHWAYS_AND_TRANSPORT does not decide on kpi class 'strategic'"):
        propose(county, people, refer_to=HIGHWAYS)
    to_committee(county, people)
    county.live_until(MAY)
    with pytest.raises(Refused) as refused:
        county.step(people.highways_clerk, LIFECYCLE, KPI, "approve", body=HIGHWAYS)
    told = reasons(refused)
    assert (
        "'approve' is not a decision of HIGHWAYS_AND_TRANSPORT; the matter is with STRATEGY_AND_RESOURCES"
        in told
    )
    assert f" or {people.strategy_clerk}." in told  # beside the clerk who recorded the adoption
    assert state(county) == "with_committee"


def test_a_service_kpi_goes_to_the_committee_that_its_proposer_names(county: Council, people: People) -> None:
    with pytest.raises(Refused, match="It is not said which body decides on kpi class 'service'"):
        propose(county, people, kpi_class="service")
    with pytest.raises(Refused, match="STRATEGY_AND_RESOURCES does not decide on kpi class 'service'"):
        propose(county, people, kpi_class="service", refer_to=STRATEGY)
    propose(county, people, kpi_class="service", refer_to=HIGHWAYS)
    check(county, people.analyst, answers())
    county.step(people.team_clerk, LIFECYCLE, KPI, "endorse", body="JMT")
    county.live_until(MAY)
    county.step(people.highways_clerk, LIFECYCLE, KPI, "approve", body=HIGHWAYS)
    assert state(county) == "live"


def test_an_operational_kpi_needs_no_committee(county: Council, people: People) -> None:
    propose(county, people, kpi_class="operational")
    check(county, people.analyst, answers())
    with pytest.raises(Refused, match="An operational KPI goes to no committee"):
        county.step(people.team_clerk, LIFECYCLE, KPI, "endorse", body="JMT")
    county.step(people.team_clerk, LIFECYCLE, KPI, "adopt", body="JMT")
    assert state(county) == "live"
    assert register(county).added is not None


def test_an_approved_kpi_is_in_the_register_from_the_meeting_on_and_its_minute_follows(
    county: Council, people: People
) -> None:
    to_committee(county, people)
    assert register(county).added is None
    county.live_until(date(2022, 5, 19))
    with pytest.raises(Refused, match="decides at its meetings, and none is entered for 18 May 2022"):
        county.step(people.strategy_clerk, LIFECYCLE, KPI, "approve", body=STRATEGY, on=date(2022, 5, 18))
    county.step(people.strategy_clerk, LIFECYCLE, KPI, "approve", body=STRATEGY, on=MAY)
    (entered,) = county.store.find(types=["indicator.added"])
    assert entered.effective_on == MAY
    added = register(county).added
    assert added is not None
    assert (added.title, added.polarity, added.services) == (
        "Council's total carbon footprint",
        "lower",
        ("climate",),
    )
    assert added.fields == {
        "kpi_class": "strategic",
        "stage": "in_use",
        "produced_by": "business_intelligence",
    }
    minute = county.text("Minute 14 of 17 May 2022")
    request = RecordMinute(workflow=LIFECYCLE, indicator="CF1", service="", subject="1", minute=minute.ref)
    county.ask(request, people.strategy_clerk, texts=(minute,))
    assert county.types()[-1] == "minute.recorded"


def test_what_the_register_would_not_take_is_refused_when_it_is_proposed(
    county: Council, people: People
) -> None:
    with pytest.raises(Refused, match="There is no service 'climte'"):
        propose(county, people, services=("climte",))
    county.indicator("CF1", "climate", frequency="quarter")
    with pytest.raises(Refused, match="There is already an indicator 'CF1'"):
        propose(county, people)


def test_a_committee_defers_refers_back_and_rejects(county: Council, people: People) -> None:
    to_committee(county, people)
    county.live_until(MAY)
    words = {"reason": "More is wanted"}
    county.step(
        people.strategy_clerk,
        LIFECYCLE,
        KPI,
        "defer",
        {"until": JULY.isoformat()},
        words=words,
        body=STRATEGY,
    )
    (task,) = tasks(county.engine, MAY, person=people.strategy_clerk)
    assert (task.due, task.original) == (JULY, MAY)
    county.step(people.strategy_clerk, LIFECYCLE, KPI, "refer_back", words=words, body=STRATEGY)
    assert state(county) == "proposed"
    check(county, people.analyst, answers())
    county.step(people.team_clerk, LIFECYCLE, KPI, "endorse", body="JMT")
    county.step(people.strategy_clerk, LIFECYCLE, KPI, "reject", words=words, body=STRATEGY)
    assert (state(county), register(county).added) == ("rejected", None)


def test_a_proposal_is_revised_and_withdrawn(county: Council, people: People) -> None:
    propose(county, people)
    reason = {"reason": "A better name"}
    with pytest.raises(Refused, match="There is no service 'nowhere'"):
        county.step(people.manager, LIFECYCLE, KPI, "revise", {"services": ("nowhere",)}, words=reason)
    county.step(people.manager, LIFECYCLE, KPI, "revise", {"title": "Carbon footprint"}, words=reason)
    county.step(people.manager, LIFECYCLE, KPI, "withdraw", words=reason)
    assert state(county) == "withdrawn"
