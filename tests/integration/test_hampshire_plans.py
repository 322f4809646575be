"""Hampshire 2008: action plans, their actions and owners, and the yearly round of self-assessments.

Source: Driving Success, 4.5, 4.15 to 4.20, Appendix One and Appendix Two.
"""

from __future__ import annotations

from datetime import date

import pytest

from adapters.holidays import UkHolidays
from engine.audit.replay import replay
from engine.audit.verify import verify
from engine.commands import AddDelegation
from engine.packs.shelf import Shelf
from engine.queries.explaining.explain import explain
from engine.queries.names import Names
from engine.views import VIEWS
from events.errors import NotFound, Refused

from .hampshire_county import (
    CHILDRENS,
    CONSULTED,
    COUNCIL,
    FORM,
    NOVEMBER,
    PLAN,
    County,
    agreed_plan,
    declare,
)


@pytest.mark.parametrize(
    ("step", "said"),
    [("finish", {"item": "recruit", "outcome": "done"}), ("deliver", {"evidence": "a list"})],
)
def test_a_plan_without_an_action_is_told_to_have_none(
    county: County, step: str, said: dict[str, str]
) -> None:
    county.about("officer", "action_plan", PLAN, "propose", reason="item 5 of the menu")
    with pytest.raises(Refused) as refused:
        county.about("service", "action_plan", PLAN, step, **said)
    assert "The plan has no action yet." in str(refused.value)
    assert "Every action is done." not in str(refused.value)
    assert "Some actions are still to be done." not in str(refused.value)


def test_a_plan_whose_actions_are_all_done_is_told_so(county: County) -> None:
    county.about("officer", "action_plan", PLAN, "propose", reason="item 5 of the menu")
    agreed_plan(county)
    county.about("service", "action_plan", PLAN, "finish", item="recruit", outcome="both are filled")
    with pytest.raises(Refused, match="Every action is done"):
        county.about("service", "action_plan", PLAN, "finish", item="recruit", outcome="both are filled")


def test_a_plan_has_owners_days_and_slippage_and_is_looked_at_a_quarter_after_delivery(
    county: County,
) -> None:
    county.about("officer", "action_plan", PLAN, "propose", reason="item 5 of the menu")
    with pytest.raises(Refused, match="A plan has at least one action"):
        county.about("service", "action_plan", PLAN, "present", measure_of_success="nine in ten in time")
    county.about(
        *("service", "action_plan", PLAN, "add"),
        item="recruit", owner="service_manager", until="2027-01-29", what="fill two posts",
    )  # fmt: skip
    county.about("service", "action_plan", PLAN, "present", measure_of_success="nine in ten in time")
    county.about("CPEG", "action_plan", PLAN, "agree", "CPEG")
    county.about(
        *("service", "action_plan", PLAN, "change"),
        item="recruit", owner="service_manager", until="2027-02-12", reason="the first round found nobody",
    )  # fmt: skip
    (task,) = county.tasks("service")
    assert (task.item, task.due, task.original) == ("recruit", date(2027, 2, 12), date(2027, 1, 29))
    with pytest.raises(Refused, match="Some actions are still to be done"):
        county.about("service", "action_plan", PLAN, "deliver", evidence="staff list of February")
    county.council.live_until(date(2027, 2, 10))
    county.about("service", "action_plan", PLAN, "finish", item="recruit", outcome="both are filled")
    assert county.items("action_plan-0001")["recruit"].slipped_days == 12
    county.about("service", "action_plan", PLAN, "deliver", evidence="staff list of February")
    assert county.story("action_plan-0001").line.due == date(2027, 5, 10)
    county.about("CPEG", "action_plan", PLAN, "check_impact", "CPEG", impact="waits are down by a third")
    assert county.story("action_plan-0001").line.state == "closed"


def test_an_item_that_asks_for_more_says_what_may_be_answered(county: County) -> None:
    with pytest.raises(Refused) as no:
        county.take("CPEG", "answer", "CPEG", category="category_4", menu=("8",))
    (missing,) = [each for each in no.value.problems if each.code == "GT-STEP-012"]
    assert missing.fix.startswith(
        "Give it with --field 'purpose=…': assess the extent of the issue, check on progress."
    )


def test_a_series_without_a_figure_is_explained_by_what_was_begun_about_it(county: County) -> None:
    county.council.indicator("CH05", "childrens", frequency="quarter", fields={"important_locally": "no"})
    engine, place = county.council.engine, ("CH05", "childrens", "")
    with pytest.raises(NotFound, match="CH05/childrens has no figure yet"):
        explain(engine, "CH05/childrens", NOVEMBER, names=Names())
    county.about("service", "intervention", place, "propose", refer_to="CPEG", reason="it cannot wait")
    told = explain(engine, "CH05/childrens", NOVEMBER, names=Names())
    assert told.ref == "INT-0002"
    assert told.lines[0].what == "A person raised the concern."


def test_a_round_of_self_assessments_ends_in_one_published_report(county: County) -> None:
    for service in ("childrens", "highways"):
        place = ("", service, "")
        county.about("improvement", "self_assessment", place, "propose", period="2026-Q2")
        county.about("officer", "self_assessment", place, "write", **FORM)
        with pytest.raises(Refused, match="'submit' needs 'consulted_on'"):
            county.about("officer", "self_assessment", place, "submit")
        county.about("officer", "self_assessment", place, "submit", **CONSULTED)
    report = "self_assessment_report"
    county.about("improvement", report, COUNCIL, "propose", period="2026-Q2")
    challenge = "are the agency costs in hand"
    with pytest.raises(Refused, match=r"There is no service 'childrns'\. Did you mean 'childrens'"):
        county.about("improvement", report, COUNCIL, "challenge", service="childrns", challenge=challenge)
    county.about("improvement", report, COUNCIL, "challenge", service="childrens", challenge=challenge)
    assert county.story("self_assessment-0001").line.state == "submitted"
    with pytest.raises(Refused, match="it is over"):
        county.about("officer", "self_assessment", ("", "childrens", "1"), "write", **FORM)
    county.about("improvement", report, COUNCIL, "collate", overview="vacancies in both services")
    with pytest.raises(Refused, match="'conclude' is not possible at 'With CMT'"):
        county.about("CABINET", report, COUNCIL, "conclude", "CABINET")
    county.about("CMT", report, COUNCIL, "consider", "CMT")
    county.about("EXECUTIVE_MEMBER", report, COUNCIL, "advise", "EXECUTIVE_MEMBER")
    county.about("CABINET", report, COUNCIL, "conclude", "CABINET")
    county.about("team", report, COUNCIL, "publish", where="the council's pages")
    assert county.story("self_assessment_report-0001").line.state == "published"


REPORT = "self_assessment_report"


def submitted(county: County, service: str) -> None:
    place = ("", service, "")
    county.about("improvement", "self_assessment", place, "propose", period="2026-Q2")
    county.about("officer", "self_assessment", place, "write", **FORM)
    county.about("officer", "self_assessment", place, "submit", **CONSULTED)


def outstanding_at(county: County, step: str) -> str:
    """What a step recorded as outstanding."""
    found = next(move for move in county.story("self_assessment_report-0001").moves if move.step == step)
    return next((field.value for field in found.fields if field.name == "outstanding"), "")


def test_a_report_says_by_itself_which_forms_are_outstanding_and_who_owes_them(county: County) -> None:
    submitted(county, "highways")
    county.about("improvement", REPORT, COUNCIL, "propose", period="2026-Q2")
    officer = county.who["officer"]
    assert county.story("self_assessment_report-0001").outstanding == ("childrens: not asked for",)
    county.about("improvement", "self_assessment", CHILDRENS, "propose", period="2026-Q2")
    owed = f"childrens: Waiting for the Chief Officer ({officer})"
    assert county.story("self_assessment_report-0001").outstanding == (owed,)
    (task,) = [each for each in county.tasks("improvement", "matter") if each.workflow == REPORT]
    assert task.sentence == f"The forms are being collated. Outstanding: {owed}."
    told = explain(county.council.engine, "self_assessment_report-0001", NOVEMBER, names=Names())
    assert f"Outstanding: {owed}." in [line.what for line in told.lines]


def test_a_report_without_a_form_is_not_collated_silently_and_the_record_names_the_service(
    county: County,
) -> None:
    submitted(county, "highways")
    county.about("improvement", "self_assessment", CHILDRENS, "propose", period="2026-Q2")
    county.about("improvement", REPORT, COUNCIL, "propose", period="2026-Q2")
    officer = county.who["officer"]
    lacking = (
        rf"go without what is outstanding of 2026-Q2: childrens \({officer}\)\. Say so in 'not_received'"
    )
    with pytest.raises(Refused, match=lacking):
        county.about("improvement", REPORT, COUNCIL, "collate", overview="vacancies in both")
    county.about(
        *("improvement", REPORT, COUNCIL, "collate"),
        overview="vacancies in both",
        not_received="the officer is ill",
    )
    assert outstanding_at(county, "collate") == "childrens"
    for body, step in (("CMT", "consider"), ("EXECUTIVE_MEMBER", "advise"), ("CABINET", "conclude")):
        county.about(body, REPORT, COUNCIL, step, body)
    county.about("team", REPORT, COUNCIL, "publish", where="the council's pages")
    assert outstanding_at(county, "publish") == "childrens"
    assert county.story("self_assessment_report-0001").outstanding == ()  # it is over


def test_a_form_that_was_done_without_holds_nothing_up_and_is_named_all_the_same(county: County) -> None:
    submitted(county, "highways")
    county.about("improvement", "self_assessment", CHILDRENS, "propose", period="2026-Q2")
    county.about("improvement", "self_assessment", CHILDRENS, "excuse", reason="the officer is ill")
    county.about("improvement", REPORT, COUNCIL, "propose", period="2026-Q2")
    assert county.story("self_assessment_report-0001").outstanding == ("childrens: done without",)
    county.about("improvement", REPORT, COUNCIL, "collate", overview="vacancies in both")
    assert outstanding_at(county, "collate") == "childrens"


def test_a_form_of_another_period_is_none_for_this_one(county: County) -> None:
    submitted(county, "highways")
    submitted(county, "childrens")
    county.about("improvement", REPORT, COUNCIL, "propose", period="2026-Q3")
    with pytest.raises(Refused, match=r"childrens \(not asked for\), highways \(not asked for\)"):
        county.about("improvement", REPORT, COUNCIL, "collate", overview="vacancies in both")
    county.about(
        *("improvement", REPORT, COUNCIL, "collate"),
        overview="vacancies in both",
        not_received="nobody was asked",
    )
    assert outstanding_at(county, "collate") == "childrens, highways"


def test_a_report_with_every_form_records_nothing_as_outstanding(county: County) -> None:
    submitted(county, "highways")
    submitted(county, "childrens")
    county.about("improvement", REPORT, COUNCIL, "propose", period="2026-Q2")
    county.about("improvement", REPORT, COUNCIL, "collate", overview="vacancies in both")
    assert outstanding_at(county, "collate") == ""


def test_a_form_is_written_by_the_chief_officer_and_fits_on_one_side(county: County) -> None:
    county.about("improvement", "self_assessment", CHILDRENS, "propose", period="2026-Q2")
    with pytest.raises(Refused, match="'write' is for Chief Officer"):
        county.about("service", "self_assessment", CHILDRENS, "write", **FORM)
    longer = {**FORM, "strengths": "word " * 490}
    with pytest.raises(Refused, match="'write' holds 500 words in all, and what was written has 505"):
        county.about("officer", "self_assessment", CHILDRENS, "write", **longer)


def test_item_5_begins_the_plan_and_is_done_when_cpeg_has_agreed_it(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("5", "10"))
    assert county.story("action_plan-0001").line.state == "asked"
    plan, asked = county.story("INT-0001").links, county.story("action_plan-0001").links
    assert [each.sentence for each in plan] == [
        "item 5 is dealt with in action_plan/CH04/childrens#1: Asked for",
    ]
    assert [each.sentence for each in asked] == [
        "asked for by item 5 of CH04/childrens#1: In place, reporting to CPEG"
    ]
    (task,) = county.tasks("service")
    assert task.sentence.endswith("It is dealt with in action_plan/CH04/childrens#1: Asked for.")
    agreed_plan(county)
    assert [task.item for task in county.tasks()] == ["recruit", "10"]
    assert county.items("INT-0001")["5"].done_on == date(2026, 11, 30)
    done = next(move for move in county.story("INT-0001").moves if move.step == "deliver")
    said = {field.name: field.value for field in done.fields}
    assert said["outcome"] == "action_plan CH04/childrens#1: Agreed, in delivery"


def test_nobody_says_by_hand_that_item_5_is_done_while_its_plan_is_not_agreed(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("5", "6"))
    elsewhere = (
        r"dealt with in action_plan/CH04/childrens#1 \((.*)\), and is done when that has come far enough"
    )
    with pytest.raises(Refused, match=elsewhere.replace("(.*)", "Asked for")):
        county.take("service", "deliver", item="5", outcome="A plan of five actions")
    county.about(
        *("service", "action_plan", PLAN, "add"),
        item="recruit", owner="service_manager", until="2027-01-29", what="fill two posts",
    )  # fmt: skip
    county.about("service", "action_plan", PLAN, "present", measure_of_success="nine in ten in time")
    with pytest.raises(Refused, match=elsewhere.replace("(.*)", "Drawn up, to be agreed")):
        county.take("service", "deliver", item="5", outcome="A plan of five actions")
    county.take("service", "deliver", item="6", outcome="Two councils ring back on the day")
    county.about("CPEG", "action_plan", PLAN, "agree", "CPEG")
    assert county.items("INT-0001")["5"].done_on == NOVEMBER


def test_of_a_plan_that_was_stopped_a_person_says_what_came_of_item_5(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("5",))
    county.about("CPEG", "action_plan", PLAN, "stop", "CPEG", reason="another way is better")
    county.take("service", "deliver", item="5", outcome="No plan: the post is filled")
    assert county.items("INT-0001")["5"].done_on == NOVEMBER


def test_a_plan_that_was_agreed_before_it_was_asked_for_does_not_hold_item_5_up(county: County) -> None:
    county.about("officer", "action_plan", PLAN, "propose", reason="asked by the Chief Officer")
    agreed_plan(county)
    county.council.live_until(date(2027, 2, 1))
    county.about("service", "action_plan", PLAN, "finish", item="recruit", outcome="both are filled")
    county.about("service", "action_plan", PLAN, "deliver", evidence="staff list")
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("5",))
    county.take("service", "deliver", item="5", outcome="The plan of November")
    assert county.items("INT-0001")["5"].done_on == date(2027, 2, 1)


def test_a_plan_that_is_open_already_is_the_one_that_item_5_asks_for(county: County) -> None:
    county.about("officer", "action_plan", PLAN, "propose", reason="asked by the Chief Officer")
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("5",))
    assert [each.matter for each in county.story("INT-0001").links] == ["action_plan/CH04/childrens#1"]
    assert county.council.matter("action_plan", "CH04", "childrens", "2") is None


def test_the_plan_goes_on_when_the_intervention_is_over_and_cpeg_is_told(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("5",))
    agreed_plan(county)
    county.council.live_until(date(2027, 1, 11))
    county.take("service", "report", report="two posts are filled")
    declare(county, "2026-Q3", "amber")
    county.take("CPEG", "close", "CPEG", reason="it has recovered")
    assert county.story("action_plan-0001").line.state == "in_delivery"
    (plan,) = [task for task in county.tasks("CPEG", "matter") if task.workflow == "action_plan"]
    assert ". Intervention CH04/childrens#1 is over: Closed." in plan.sentence
    county.about("CPEG", "action_plan", PLAN, "stop", "CPEG", reason="it is no longer needed")
    assert county.story("action_plan-0001").line.state == "stopped"


def test_a_plan_that_is_stopped_before_it_was_agreed_leaves_the_item_owed(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("5",))
    county.about("CPEG", "action_plan", PLAN, "stop", "CPEG", reason="another way is better")
    assert [task.item for task in county.tasks()] == ["5"]
    (matter,) = county.tasks("CPEG", "intervention")
    assert ". action_plan CH04/childrens#1 is over: Stopped." in matter.sentence


def test_the_record_of_linked_matters_is_whole(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("5",))
    agreed_plan(county)
    assert replay(county.council.store, Shelf(county.council.store, UkHolidays())).differences == []
    assert not verify(county.council.store, views=VIEWS).faults


def test_the_owner_of_an_action_is_reminded_and_cpeg_sees_that_it_is_late_until_it_is_done(
    county: County,
) -> None:
    county.about("officer", "action_plan", PLAN, "propose", reason="item 5 of the menu")
    agreed_plan(county)
    county.council.live_until(date(2027, 1, 22))
    (reminder,) = [
        row.notice
        for row in county.council.store.outbox()
        if (row.notice.kind, row.notice.to) == ("reminder", "service_manager")
        and row.notice.subject.startswith("action_plan/CH04/childrens")
    ]
    assert reminder.words == "7 days before"
    county.council.live_until(date(2027, 2, 1))
    (task,) = county.tasks("service")
    assert (task.item, task.late, task.late_days) == ("recruit", True, 1)
    (plan,) = [each for each in county.tasks("CPEG", "matter") if each.workflow == "action_plan"]
    assert "Action recruit: nothing by 29 January 2027" in plan.sentence
    assert not plan.late
    county.about("service", "action_plan", PLAN, "finish", item="recruit", outcome="both are filled")
    assert "nothing by" not in county.story("action_plan-0001").line.label
    (plan,) = [each for each in county.tasks(None, "matter") if each.workflow == "action_plan"]
    assert "Action recruit" not in plan.sentence


def test_an_action_that_is_given_another_day_has_another_clock(county: County) -> None:
    county.about("officer", "action_plan", PLAN, "propose", reason="item 5 of the menu")
    agreed_plan(county)
    county.about(
        *("service", "action_plan", PLAN, "change"),
        item="recruit", owner="service_manager", until="2027-02-12", reason="the first round found nobody",
    )  # fmt: skip
    county.council.live_until(date(2027, 2, 11))
    assert county.tasks("service")[0].late is False
    county.council.live_until(date(2027, 2, 15))
    clocks = [line for line in county.story("action_plan-0001").deadlines if line.name == "action/recruit"]
    assert [(line.last_day, line.original, line.state) for line in clocks] == [
        (date(2027, 1, 29), None, "replaced"),
        (date(2027, 2, 12), date(2027, 1, 29), "passed"),
    ]


def test_a_form_is_written_in_person_by_whatever_delegation(county: County) -> None:
    county.about("improvement", "self_assessment", CHILDRENS, "propose", period="2026-Q2")
    officer, deputy = county.who["officer"], county.who["service"]
    county.council.ask(
        AddDelegation(delegator=officer, delegate=deputy, start=NOVEMBER, until=date(2027, 1, 31)), "p1"
    )
    with pytest.raises(Refused, match="'write' is taken in person"):
        county.council.step(deputy, "self_assessment", CHILDRENS, "write", words=FORM, acting_for=officer)
    (task,) = [each for each in county.tasks(None, "matter") if each.workflow == "self_assessment"]
    assert {move.step: move.people for move in task.moves}["write"] == (officer,)


def test_an_action_that_is_done_in_time_reminds_nobody_and_never_goes_by(county: County) -> None:
    county.about("officer", "action_plan", PLAN, "propose", reason="item 5 of the menu")
    agreed_plan(county)
    county.council.live_until(date(2027, 1, 15))
    county.about("service", "action_plan", PLAN, "finish", item="recruit", outcome="both are filled")
    county.council.live_until(date(2027, 2, 15))
    clocks = [line for line in county.story("action_plan-0001").deadlines if line.name == "action/recruit"]
    assert [line.state for line in clocks] == ["met"]
    assert "deadline.passed" not in [
        fact.type for fact in county.council.store.page(0, 100_000) if "action_plan" in fact.stream
    ]
