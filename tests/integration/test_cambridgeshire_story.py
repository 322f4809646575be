"""Cambridgeshire 2022: a strategic KPI is proposed, checked, decided by its committee, changed, and kept.

Source: Performance Management Framework 2022-2023, 'Useful measurements', Appendices 1 and 4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from adapters.holidays import UkHolidays
from engine.audit.replay import Prefix, replay
from engine.audit.verify import verify
from engine.commands import AddMeeting, RecordMinute
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.queries.log import stream
from engine.queries.matter import matter
from engine.queries.names import Names
from engine.queries.references import find_matter
from engine.queries.tasks import tasks
from engine.states.register import Indicator
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import Refused
from events.kinds.workflow import FieldValue

from .conftest import ROOT

APRIL, MAY, JULY, SEPTEMBER = date(2022, 4, 4), date(2022, 5, 17), date(2022, 7, 12), date(2022, 9, 13)
KPI = ("CF1", "", "")
LIFECYCLE = "kpi_lifecycle"
STRATEGY, HIGHWAYS = "STRATEGY_AND_RESOURCES", "HIGHWAYS_AND_TRANSPORT"
QUESTIONS = (
    *("relevant", "comparator", "accurate", "asset_register", "reliable", "recent", "time_series"),
    *("balanced", "optimal", "presentation", "target_wanted", "target_fair"),
)
PROPOSAL: Mapping[str, FieldValue] = {
    "title": "Council's total carbon footprint",
    "kpi_class": "strategic",
    "stage": "in_use",
    "produced_by": "business_intelligence",
    "better": "lower",
    "frequency": "quarter",
    "measured_in": "number",
    "services": ("climate",),
    "first_period": "2022-Q1",
}


@dataclass(frozen=True, kw_only=True)
class People:
    """Who is who."""

    manager: str
    analyst: str
    officer: str
    team_clerk: str
    strategy_clerk: str
    highways_clerk: str
    enterer: str
    confirmer: str


@pytest.fixture
def pack(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    return pack_of(ROOT / "packs" / "cambridgeshire-2022")


@pytest.fixture
def county(pack: Pack) -> Council:
    council = Council(pack, APRIL, holidays=UkHolidays())
    council.service("climate")
    council.service("highways")
    return council


@pytest.fixture
def people(county: Council) -> People:
    hired = People(
        manager=county.hire("Mina Manager", "service_manager"),
        analyst=county.hire("Ana Analyst", "business_intelligence"),
        officer=county.hire("Olu Officer", "directorate_officer"),
        team_clerk=county.hire("Tess Team", "clerk", scope="JMT"),
        strategy_clerk=county.hire("Stan Strategy", "clerk", scope=STRATEGY),
        highways_clerk=county.hire("Hana Highways", "clerk", scope=HIGHWAYS),
        enterer=county.hire("Eve Enterer", "data_enterer"),
        confirmer=county.hire("Carl Confirmer", "data_manager"),
    )
    for body in (STRATEGY, HIGHWAYS):
        for day in (MAY, JULY, SEPTEMBER):
            county.ask(AddMeeting(body=body, on=day), "p1")
    return hired


def propose(council: Council, people: People, about: tuple[str, str, str] = KPI, **other: FieldValue) -> None:
    fields = {**PROPOSAL, **other}
    council.step(
        people.manager, LIFECYCLE, about, "propose", fields, words={"why": "The Council's own emissions"}
    )


def answers(**other: str) -> dict[str, str]:
    return {**dict.fromkeys(QUESTIONS, "yes"), **other}


def check(
    council: Council,
    who: str,
    given: Mapping[str, str],
    about: tuple[str, str, str] = KPI,
    step: str = "check",
) -> None:
    because = {f"{name}_because": f"Looked at for {name}" for name in given}
    council.step(who, LIFECYCLE, about, step, dict(given), words=because)


def to_committee(council: Council, people: People) -> None:
    propose(council, people)
    check(council, people.analyst, answers())
    council.step(people.team_clerk, LIFECYCLE, KPI, "endorse", body="JMT")


def make_live(council: Council, people: People) -> None:
    to_committee(council, people)
    council.live_until(MAY)
    council.step(people.strategy_clerk, LIFECYCLE, KPI, "approve", body=STRATEGY)


def propose_removal(council: Council, people: People) -> None:
    council.step(people.manager, LIFECYCLE, KPI, "propose_removal", words={"why": "Nobody asks for it"})
    council.step(people.team_clerk, LIFECYCLE, KPI, "endorse_removal", body="JMT")


def amend(council: Council, people: People, **other: FieldValue) -> None:
    fields = {
        "title": "Council's carbon footprint, scopes 1 to 3",
        "from_period": "2022-Q3",
        "comparable": "no",
        **other,
    }
    why = {"why": "Scope 3 was left out"}
    council.step(people.manager, LIFECYCLE, KPI, "propose_amendment", fields, words=why)
    council.step(people.team_clerk, LIFECYCLE, KPI, "endorse_amendment", body="JMT")
    council.step(people.strategy_clerk, LIFECYCLE, KPI, "approve_amendment", body=STRATEGY)


def state(council: Council, code: str = "CF1") -> str:
    row = council.matter(LIFECYCLE, code, "")
    return "none" if row is None else str(row["state"])


def register(council: Council, code: str = "CF1") -> Indicator:
    prefix = Prefix()
    for fact in council.store.page(0, 100_000):
        prefix.take(fact)
    return prefix.indicator(code)


def reasons(refused: pytest.ExceptionInfo[Refused]) -> str:
    return "\n".join(f"{problem.sentence} {problem.fix}" for problem in refused.value.problems)


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
    assert f"Ask {people.strategy_clerk}" in told
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
