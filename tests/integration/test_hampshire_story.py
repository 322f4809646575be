"""Hampshire 2008: a red goes to CPEG, CPEG chooses from the menu, and nobody reports.

Source: Driving Success, 4.5, 4.15 to 4.20, Appendix One and Appendix Two.
"""

from __future__ import annotations

from datetime import date

import pytest

from adapters.holidays import UkHolidays
from engine.audit.replay import replay
from engine.audit.verify import verify
from engine.commands import AssignRole
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import Refused
from tests.campaigns.packs import automatic

from .hampshire_county import (
    SERIES,
    County,
    declare,
    founded,
)


@pytest.fixture
def climbing(hampshire: Pack) -> County:
    """The same council, whose ladder climbs by itself."""
    return founded(automatic(hampshire))


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
        "5": ((), day),
        "10": ((who["improvement"],), day),
        "19": ((who["CPEG"], who["chief"]), day),
    }
    (mine,) = county.tasks("service")
    assert mine.sentence == (
        "5 Strategic action plan: a strategic action plan for CPEG. It is asked of Service Manager. "
        "It is dealt with in action_plan/CH04/childrens#1: Asked for."
    )
    assert (mine.may, mine.told, mine.why_not) == (
        False,
        (who["service"],),
        "It is dealt with in action_plan/CH04/childrens#1: Asked for. It is done when that has come far enough.",
    )
    (theirs,) = county.tasks("improvement")
    assert (theirs.may, [move.step for move in theirs.moves]) == (True, ["deliver"])


def test_only_whom_an_item_asks_says_that_it_is_done(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("6", "10"))
    with pytest.raises(Refused, match="'deliver' is for Head of Improvement"):
        county.take("service", "deliver", item="10", outcome="It was looked into")
    county.council.live_until(date(2027, 1, 11))
    county.take("service", "deliver", item="6", outcome="Two councils ring back on the day")
    assert [task.item for task in county.tasks()] == ["10"]
    done = {name: line.done_on for name, line in county.items("INT-0001").items()}
    assert done == {"6": date(2027, 1, 11), "10": None}
    with pytest.raises(Refused, match="There is no thing still owed '6'"):
        county.take("service", "deliver", item="6", outcome="Three councils do")


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


def test_the_record_of_it_all_can_be_replayed_and_verified(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("6", "10"))
    county.take("service", "deliver", item="6", outcome="Two councils ring back on the day")
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
    assert (task.item, task.due, bool(task.people or task.told)) == (item, date(2027, 2, 28), True)


def test_whoever_an_item_asks_is_reminded_with_those_who_report(county: County) -> None:
    county.take("CPEG", "answer", "CPEG", category="category_2", menu=("10", "19"))
    county.council.live_until(date(2027, 2, 22))
    (last,) = [row.notice for row in county.council.store.outbox() if row.notice.to == "head_of_improvement"]
    assert last.words == "7 days before"


def test_whoever_proposed_by_hand_never_answers_however_many_rounds_there_are(hampshire: Pack) -> None:
    council = Council(hampshire, date(2026, 11, 30), holidays=UkHolidays())
    council.service("childrens")
    council.indicator("CH04", "childrens", frequency="quarter")
    moira = council.hire("Moira", "service_manager", "chief_officer")
    council.ask(AssignRole(person=moira, role="clerk", start=date(2000, 1, 1), scope="CPEG"), "p1")
    ada = council.hire("Ada", "clerk", scope="CPEG")
    officer = council.hire("Olive", "chief_officer")
    council.step(moira, "intervention", ("CH04", "childrens", ""), "propose", {"refer_to": "CPEG"})
    answer = {"category": "category_4", "menu": ["16"]}
    council.step(ada, "intervention", SERIES, "answer", answer, body="CPEG")
    more = {"until": "2027-01-29"}
    council.step(
        officer, "intervention", SERIES, "ask_extension", more, words={"reason": "Two posts are vacant"}
    )
    council.step(
        ada, "intervention", SERIES, "agree_extension", more, words={"reason": "Agreed"}, body="CPEG"
    )
    with pytest.raises(Refused, match="needs another person than"):
        council.step(moira, "intervention", SERIES, "answer", answer, body="CPEG")
