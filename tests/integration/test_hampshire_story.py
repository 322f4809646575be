"""Hampshire 2008: a red goes to CPEG, CPEG chooses from the menu, and nobody reports.

Source: Driving Success, 4.5, 4.15 to 4.20, Appendix One and Appendix Two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec
import pytest

from adapters.holidays import UkHolidays
from engine.audit.replay import replay
from engine.audit.verify import verify
from engine.commands import AddDelegation
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.queries.items import ItemLine
from engine.queries.matter import MatterStory, matter
from engine.queries.names import Names
from engine.queries.references import find_matter
from engine.queries.task import Task
from engine.queries.tasks import tasks
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import Refused

from .conftest import varied

NOVEMBER = date(2026, 11, 30)
SERIES = ("CH04", "childrens", "1")
PLAN = ("CH04", "childrens", "")
ROLES = {
    "data": "data_enterer",
    "manager": "data_manager",
    "service": "service_manager",
    "officer": "chief_officer",
    "improvement": "head_of_improvement",
    "team": "corporate_performance_team",
    "chief": "chief_executive",
    "member": "executive_member",
}
CLERKS = ("CPEG", "CMT", "EXECUTIVE_MEMBER", "CABINET")


@dataclass(frozen=True)
class County:
    """The council and who is who."""

    council: Council
    who: dict[str, str]

    def take(self, who: str, step: str, body: str | None = None, **given: object) -> None:
        """A step of the intervention; free text in the fields that are."""
        self.about(who, "intervention", SERIES, step, body, **given)

    def about(
        self,
        who: str,
        workflow: str,
        place: tuple[str, str, str],
        step: str,
        body: str | None = None,
        **given: object,
    ) -> None:
        """A step of any matter; whatever has a space in it is free text."""
        words = {name: value for name, value in given.items() if isinstance(value, str) and " " in value}
        fields = {name: value for name, value in given.items() if name not in words}
        self.council.step(
            self.who[who],
            workflow,
            place,
            step,
            fields,  # type: ignore[arg-type]  # what the caller gives
            words=words,
            body=body,
        )

    def tasks(self, who: str | None = None, kind: str = "item") -> list[Task]:
        """What waits today, for one person or for all."""
        today = self.council.clock.now().date()
        person = self.who[who] if who else None
        return [task for task in tasks(self.council.engine, today, person=person) if task.kind == kind]

    def story(self, ref: str) -> MatterStory:
        """A matter from its beginning."""
        engine, today = self.council.engine, self.council.clock.now().date()
        return matter(engine, find_matter(engine, ref), today, names=Names())

    def items(self, ref: str) -> dict[str, ItemLine]:
        """What was asked for within a matter."""
        return {each.name: each for each in self.story(ref).items}

    def stands(self) -> tuple[object, object, object]:
        """State, body and proposed rung of the intervention."""
        row = self.council.intervention("CH04", "childrens")
        assert row is not None
        return row["state"], row["body"], row["proposed_rung"]

    def due(self, name: str) -> list[date]:
        """The last permitted day of a deadline of the intervention, where it runs."""
        deadlines = self.story("INT-0001").deadlines
        return [line.last_day for line in deadlines if line.name == name and line.state == "open"]


def founded(pack: Pack) -> County:
    """Children's services declare a red that matters locally, and CPEG has it to answer."""
    council = Council(pack, NOVEMBER, holidays=UkHolidays())
    council.service("childrens")
    council.service("highways")
    council.indicator("CH04", "childrens", frequency="quarter", fields={"important_locally": "yes"})
    who = {name: council.hire(name.title(), role) for name, role in ROLES.items()}
    who |= {body: council.hire(f"Clerk of {body}", "clerk", scope=body) for body in CLERKS}
    county = County(council, who)
    declare(county, "2026-Q2", "red")
    return county


def declare(county: County, period: str, status: str) -> None:
    ref = f"CH04/childrens/{period}"
    county.council.figure(county.who["data"], "enter", ref, declared=status)
    county.council.figure(county.who["manager"], "comment", ref, words={"comment": "Vacancies in two teams"})
    county.council.figure(county.who["manager"], "confirm", ref)


@pytest.fixture
def county(hampshire: Pack) -> County:
    return founded(hampshire)


@pytest.fixture
def climbing(hampshire: Pack) -> County:
    """The same council, whose ladder climbs by itself."""
    organisation = hampshire.organisation
    ladder = msgspec.structs.replace(organisation.ladder, mode="automatic")
    intervention = msgspec.structs.replace(organisation.intervention, ladder=ladder)
    return founded(
        varied(hampshire, organisation=msgspec.structs.replace(organisation, intervention=intervention))
    )


def test_category_two_on_30_november_and_nobody_reports(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2")
    county.council.live_until(date(2027, 2, 28))
    assert county.stands() == ("reporting", "CPEG", None)
    county.council.live_until(date(2027, 3, 1))
    assert county.stands() == ("reporting", "CPEG", "CMT")
    (waiting,) = county.tasks(kind="intervention")
    assert (waiting.proposes, waiting.late) == ("CMT", True)
    county.take("chief", "move", rung="CMT", reason="nobody has reported")
    assert county.stands() == ("reporting", "CMT", None)


def test_an_automatic_ladder_has_its_answers_due_on_30_march_and_30_april_and_ends_at_cabinet(
    climbing: County,
) -> None:
    climbing.take("CPEG", "answer", "CPEG", category="category_2")
    climbing.council.live_until(date(2027, 3, 1))
    assert (climbing.stands()[1], climbing.due("rung_response")) == ("CMT", [date(2027, 3, 30)])
    climbing.council.live_until(date(2027, 3, 31))
    assert (climbing.stands()[1], climbing.due("rung_response")) == ("EXECUTIVE_MEMBER", [date(2027, 4, 30)])
    climbing.council.live_until(date(2027, 5, 1))
    assert climbing.stands()[1] == "CABINET"


def test_every_item_of_the_menu_is_a_task_of_whom_it_asks_until_the_report_back_date(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("5", "10", "19"))
    asked = {task.item: (task.people, task.due) for task in county.tasks()}
    day, who = date(2027, 2, 28), county.who
    assert asked == {
        "5": ((who["service"],), day),
        "10": ((who["improvement"],), day),
        "19": ((who["CPEG"], who["chief"]), day),
    }
    (mine,) = county.tasks("service")
    assert mine.sentence == (
        "5 Strategic action plan: a strategic action plan for CPEG. It is asked of Service Manager. "
        "It is dealt with in action_plan/CH04/childrens#1: Asked for."
    )
    assert (mine.may, [move.step for move in mine.moves]) == (True, ["deliver"])


def test_only_whom_an_item_asks_says_that_it_is_done(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("5", "10"))
    with pytest.raises(Refused, match="'deliver' is for Head of Improvement"):
        county.take("service", "deliver", item="10", outcome="It was looked into")
    county.council.live_until(date(2027, 1, 11))
    county.take("service", "deliver", item="5", outcome="Plan of five actions")
    assert [task.item for task in county.tasks()] == ["10"]
    done = {name: line.done_on for name, line in county.items("INT-0001").items()}
    assert done == {"5": date(2027, 1, 11), "10": None}
    with pytest.raises(Refused, match="There is no thing still owed '5'"):
        county.take("service", "deliver", item="5", outcome="Plan of six actions")


def test_an_item_that_is_not_done_in_time_is_late_and_follows_an_extension(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_4", menu=("6",))
    county.council.live_until(date(2026, 12, 21))
    county.take("service", "ask_extension", until="2027-01-29", reason="the visit is in January")
    with pytest.raises(Refused, match=r"service|another|CPEG"):
        county.take("service", "agree_extension", until="2027-01-29", reason="the visit is in January")
    county.take("CPEG", "agree_extension", "CPEG", until="2027-01-29", reason="agreed at the meeting")
    (task,) = county.tasks()
    assert (task.due, task.original) == (date(2027, 1, 29), date(2026, 12, 30))
    county.council.live_until(date(2027, 2, 1))
    (task,) = county.tasks()
    assert (task.late, task.late_days) == (True, 1)


def test_more_time_is_not_asked_for_after_the_date(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_4")
    county.council.live_until(date(2027, 1, 4))
    with pytest.raises(Refused, match="more time is asked for before it"):
        county.take("service", "ask_extension", until="2027-01-29", reason="the visit is in January")


@pytest.mark.parametrize(("item", "rung"), [("13", "CMT"), ("14", "EXECUTIVE_MEMBER"), ("15", "CABINET")])
def test_items_13_to_15_move_the_matter_there_and_then_and_are_nobodys_task(
    county: County, item: str, rung: str
) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_4", menu=(item,))
    assert county.stands() == ("reporting", rung, None)
    assert county.tasks() == []


@pytest.mark.parametrize(
    ("who", "rung"), [("chief", "CABINET"), ("member", "CABINET"), ("member", "EXECUTIVE_MEMBER")]
)
def test_the_chief_executive_and_the_executive_member_move_it_to_any_rung(
    county: County, who: str, rung: str
) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_4")
    county.take(who, "move", rung=rung, reason="it cannot wait")
    assert county.stands()[1] == rung


def test_nobody_else_moves_it(county: County) -> None:
    with pytest.raises(Refused, match="'move' is for"):
        county.take("officer", "move", rung="CMT", reason="it cannot wait")


def test_it_closes_when_the_indicator_has_recovered_or_is_waived_with_a_reason(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2")
    county.council.live_until(date(2027, 1, 11))
    county.take("service", "report", report="Two posts are filled")
    with pytest.raises(Refused, match="The indicator is still red: closing needs a waiver"):
        county.take("CPEG", "close", "CPEG", reason="enough was done")
    with pytest.raises(Refused, match="'waive' needs 'reason'"):
        county.take("CPEG", "waive", "CPEG")
    declare(county, "2026-Q3", "amber")
    county.take("CPEG", "close", "CPEG", reason="it has recovered")
    assert county.stands()[0] == "closed"


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


FORM = {
    "strengths": "placements are stable",
    "areas_for_improvement": "assessments in time",
    "outstanding_risks": "agency budget overspent",
    "how_addressed": "two posts are advertised",
    "trade_offs": "fewer visits for quicker assessments",
}
CONSULTED = {"consulted": "the Executive Member for Children's Services", "consulted_on": "2026-11-27"}
CHILDRENS = ("", "childrens", "")
COUNCIL = ("", "", "")


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


def test_a_form_is_written_by_the_chief_officer_and_fits_on_one_side(county: County) -> None:
    county.about("improvement", "self_assessment", CHILDRENS, "propose", period="2026-Q2")
    with pytest.raises(Refused, match="'write' is for Chief Officer"):
        county.about("service", "self_assessment", CHILDRENS, "write", **FORM)
    longer = {**FORM, "strengths": "word " * 490}
    with pytest.raises(Refused, match="'write' holds 500 words in all, and what was written has 505"):
        county.about("officer", "self_assessment", CHILDRENS, "write", **longer)


def test_the_record_of_it_all_can_be_replayed_and_verified(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("5", "10"))
    county.take("service", "deliver", item="5", outcome="Plan of five actions")
    assert replay(county.council.store, Shelf(county.council.store, UkHolidays())).differences == []
    assert not verify(county.council.store, views=VIEWS).faults


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


def agreed_plan(county: County) -> None:
    """The Service Manager draws up a plan of one action, and CPEG agrees it."""
    county.about(
        *("service", "action_plan", PLAN, "add"),
        item="recruit", owner="service_manager", until="2027-01-29", what="fill two posts",
    )  # fmt: skip
    county.about("service", "action_plan", PLAN, "present", measure_of_success="nine in ten in time")
    county.about("CPEG", "action_plan", PLAN, "agree", "CPEG")


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
    assert "intervention CH04/childrens#1 is over: Closed." in plan.sentence
    county.about("CPEG", "action_plan", PLAN, "stop", "CPEG", reason="it is no longer needed")
    assert county.story("action_plan-0001").line.state == "stopped"


def test_a_plan_that_is_stopped_before_it_was_agreed_leaves_the_item_owed(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("5",))
    county.about("CPEG", "action_plan", PLAN, "stop", "CPEG", reason="another way is better")
    assert [task.item for task in county.tasks()] == ["5"]
    (matter,) = county.tasks("CPEG", "intervention")
    assert "action_plan CH04/childrens#1 is over: Stopped." in matter.sentence


def test_the_record_of_linked_matters_is_whole(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("5",))
    agreed_plan(county)
    assert replay(county.council.store, Shelf(county.council.store, UkHolidays())).differences == []
    assert not verify(county.council.store, views=VIEWS).faults


@pytest.mark.parametrize("item", [str(number) for number in (*range(5, 13), *range(16, 21))])
def test_every_item_but_the_three_that_move_the_matter_is_a_task_with_a_day(
    county: County, item: str
) -> None:
    asks_besides = {"8": {"purpose": "check on progress"}, "12": {"provider": "Leader's Futures Group"}}
    given: dict[str, object] = dict(asks_besides.get(item, {}))
    menu = county.council.pack.organisation.intervention.menu[item]
    words = dict.fromkeys(menu.records, "two posts")
    county.council.step(
        *(county.who["CPEG"], "intervention", SERIES, "answer"),
        {"category": "category_2", "menu": (item,), **given},  # type: ignore[dict-item]  # words of the pack
        words=words, body="CPEG",
    )  # fmt: skip
    (task,) = [each for each in county.tasks() if each.workflow == "intervention"]
    assert (task.item, task.due, bool(task.people)) == (item, date(2027, 2, 28), True)


def test_whoever_an_item_asks_is_reminded_with_those_who_report(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("10", "19"))
    county.council.live_until(date(2027, 2, 22))
    (last,) = [row.notice for row in county.council.store.outbox() if row.notice.to == "head_of_improvement"]
    assert last.words == "7 days before"


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
