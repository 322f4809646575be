"""The work list says what waits, who may do it and by when; and to one person why they may not."""

from __future__ import annotations

from datetime import date

from engine.queries.names import Names
from engine.queries.work_list.task import Task
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council

ANALYST, MANAGER, SERVICE, CLERK = "p3", "p4", "p5", "p6"
PEOPLE = Names({"p3": "Priya", "p4": "Tom", "p5": "Moira", "p6": "Ada"})
TODAY = date(2017, 7, 10)


def listed(council: Council, kind: str, person: str | None = None, today: date = TODAY) -> list[Task]:
    found = tasks(council.engine, today, person=person, names=PEOPLE)
    return [task for task in found if task.kind == kind]


def turned_red(council: Council) -> None:
    for period, value in (("2017-05", "90"), ("2017-06", "80")):
        council.figure(ANALYST, "enter", f"AE4/acute/{period}", value)
        council.figure(MANAGER, "confirm", f"AE4/acute/{period}")


def test_a_figure_entered_waits_for_the_data_manager(council: Council) -> None:
    council.figure(ANALYST, "enter", "AE4/acute/2017-06", "80")
    (task,) = listed(council, "confirm")
    assert task.ref == "AE4/acute/2017-06"
    assert task.people == (MANAGER,)
    assert "80.0 % entered by Priya" in task.sentence
    assert task.due == date(2017, 7, 14)
    (mine,) = listed(council, "confirm", MANAGER)
    assert mine.may is True


def test_whoever_entered_a_figure_is_told_why_they_may_not_confirm_it_and_who_may(council: Council) -> None:
    council.hire("Uma Second", "data_manager")
    council.figure(MANAGER, "enter", "AE4/acute/2017-06", "80")
    (barred,) = listed(council, "confirm", MANAGER)
    assert barred.may is False
    assert barred.people == ("p7",)
    assert "You may not take 'Confirm': you took 'Enter', and it needs another person." in barred.why_not
    assert "p7" in barred.why_not
    (other,) = listed(council, "confirm", "p7")
    assert [move.step for move in other.moves] == ["confirm"]


def test_an_enterer_sees_that_their_figure_waits_for_another(council: Council) -> None:
    council.figure(ANALYST, "enter", "AE4/acute/2017-06", "80")
    (task,) = listed(council, "confirm", ANALYST)
    assert task.may is False
    assert "It can be taken by Tom." in task.why_not


def test_a_restatement_waits_for_somebody_who_did_not_propose_it(council: Council) -> None:
    turned_red(council)
    council.figure(MANAGER, "restate", "AE4/acute/2017-06", "96", words={"reason": "Late counts."})
    (task,) = listed(council, "restatement")
    assert [(move.step, move.people) for move in task.moves] == [
        ("approve_restatement", ()),
        ("withdraw_restatement", (MANAGER,)),  # nobody else is there: what is left is to take it back
    ]
    assert [bar.person for bar in task.moves[0].barred] == [MANAGER]
    assert "96.0 %" in task.sentence


def test_periods_that_have_ended_without_a_figure_are_awaited_with_their_window(council: Council) -> None:
    council.figure(ANALYST, "enter", "AE4/acute/2017-04", "90")
    awaited = listed(council, "enter", today=date(2017, 7, 17))
    assert [(task.subject, task.due, task.late, task.late_days) for task in awaited] == [
        ("2017-05", date(2017, 6, 15), True, 22),
        ("2017-06", date(2017, 7, 14), True, 1),
    ]
    assert awaited[0].people == (ANALYST, MANAGER)


def test_only_the_latest_year_of_gaps_is_listed_and_the_rest_is_counted(council: Council) -> None:
    council.indicator("B1", "acute", first_period="2016-04")
    awaited = [task for task in listed(council, "enter") if task.indicator == "B1"]
    assert awaited[0].subject == "2016-07"
    assert len(awaited) == 12
    assert "3 earlier periods besides" in awaited[0].sentence


def test_a_declared_absence_is_no_longer_awaited(council: Council) -> None:
    council.figure(MANAGER, "declare_none", "AE4/acute/2017-06", words={"reason": "The unit was closed."})
    assert listed(council, "enter") == []


def test_an_intervention_is_a_task_of_those_who_act_for_its_body(council: Council) -> None:
    turned_red(council)
    (task,) = listed(council, "intervention")
    assert (task.ref, task.body, task.due) == ("INT-0001", "CPEG", date(2017, 8, 10))
    assert {move.step: move.people for move in task.moves} == {
        "answer": (CLERK,),
        "leave_with_service": (CLERK,),
        "decline": (CLERK,),
        "move": (CLERK,),
    }
    assert listed(council, "intervention", SERVICE) == []


def test_a_missed_date_stands_on_the_agenda_with_the_rung_it_proposes(council: Council) -> None:
    turned_red(council)
    council.step(
        CLERK, "intervention", ("AE4", "acute", "1"), "answer", {"category": "category_4"}, body="CPEG"
    )
    council.live_until(date(2017, 8, 15))
    (task,) = listed(council, "intervention", CLERK, today=date(2017, 8, 15))
    assert (task.proposes, task.late, task.late_days, task.due) == ("CMT", True, 3, date(2017, 8, 10))
    assert "CMT is proposed" in task.sentence


def test_the_work_list_of_an_earlier_position_is_what_waited_then(council: Council) -> None:
    council.figure(ANALYST, "enter", "AE4/acute/2017-06", "80")
    then = council.store.head().position
    council.figure(MANAGER, "confirm", "AE4/acute/2017-06")
    assert [task.kind for task in tasks(council.engine, TODAY, at=then)] == ["confirm"]
    assert listed(council, "confirm") == []


def test_a_comment_the_pack_asks_for_is_owed_until_somebody_gives_it(council: Council) -> None:
    turned_red(council)
    (task,) = listed(council, "comment")
    assert task.ref == "AE4/acute/2017-06"
    council.figure(SERVICE, "comment", task.ref, words={"comment": "Beds were closed."})
    assert listed(council, "comment") == []
