"""Kent 2011: a red needs a decision, which stands until its review date or until the status is worse.

Source: KCC's Performance Management Framework, section 3, "clear decisions will be made about what needs to happen".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest

from adapters.cli.told import Teller
from adapters.holidays import UkHolidays
from engine.audit.replay import Prefix, replay
from engine.audit.verify import verify
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.queries.explaining.explain import explain
from engine.queries.matters.matters import matters
from engine.queries.names import Names
from engine.queries.work_list.task import Task
from engine.queries.work_list.tasks import tasks
from engine.states.matters import Matters
from engine.testing.council import Council
from engine.views import DUE, VIEWS
from events.errors import NotFound, Refused
from rules.kinds.status import IsStatus
from tests.office import office_of

from .conftest import ROOT, varied
from .founding import once

DATA, MANAGER, OFFICER, HEAD = "p3", "p4", "p5", "p6"
Q2, Q3, Q4 = "2011-Q2", "2011-Q3", "2011-Q4"
OCTOBER, JANUARY, APRIL = date(2011, 10, 14), date(2012, 1, 16), date(2012, 4, 16)


@pytest.fixture
def kcc(pack_of: Callable[[Path], Pack], stores: None) -> Pack:
    return pack_of(ROOT / "packs" / "kcc-2011")


@once
def kent_of(pack: Pack) -> Council:
    council = Council(pack, OCTOBER, holidays=UkHolidays())
    council.service("scs")
    council.indicator("CS1", "scs", frequency="quarter")
    council.hire("Dora Data", "data_enterer")
    council.hire("Max Manager", "data_manager")
    council.hire("Ola Officer", "accountable_officer")
    council.hire("Pat Performance", "performance_manager")
    return council


@pytest.fixture
def kent(kcc: Pack) -> Council:
    return kent_of(kcc)


def declare(council: Council, period: str, status: str) -> None:
    council.figure(DATA, "enter", f"CS1/scs/{period}", declared=status)
    council.figure(MANAGER, "confirm", f"CS1/scs/{period}")


def restate(council: Council, period: str, status: str) -> None:
    council.figure(
        DATA, "restate", f"CS1/scs/{period}", declared=status, words={"reason": "a late case file"}
    )
    council.figure(MANAGER, "approve_restatement", f"CS1/scs/{period}")


def decide(council: Council, review_on: str = "2012-03-30", step: str = "decide") -> None:
    council.step(
        OFFICER,
        "decision",
        ("CS1", "scs", ""),
        step,
        {"review_on": review_on},
        words={"decision": "Two more assessors from November"},
    )


def change(council: Council, review_on: str) -> None:
    decide(council, review_on, "change")


def state(council: Council, ordinal: str = "1") -> str:
    row = council.matter("decision", "CS1", "scs", ordinal)
    return "none" if row is None else str(row["state"])


def held_by(council: Council) -> Matters:
    """The decisions of the series, folded anew."""
    prefix = Prefix()
    for fact in council.store.page(0, 100_000):
        prefix.take(fact)
    return prefix.matters("decision", "CS1", "scs")


def owed(council: Council, day: date, person: str | None = None) -> list[Task]:
    return [task for task in tasks(council.engine, day, person=person) if task.workflow == "decision"]


def test_a_red_without_a_decision_is_owed_with_its_day(kent: Council) -> None:
    declare(kent, Q2, "red")
    (task,) = owed(kent, OCTOBER)
    assert (task.ref, task.due, task.people) == ("decision-0001", date(2011, 10, 28), (OFFICER,))
    (mine,) = owed(kent, OCTOBER, OFFICER)
    assert (mine.may, [move.step for move in mine.moves]) == (True, ["decide"])
    assert mine.moves[0].needs == ("decision", "review_on")


def test_amber_and_green_owe_no_decision(kent: Council) -> None:
    declare(kent, Q2, "amber")
    assert state(kent) == "none"


def test_who_has_to_decide_is_reminded_and_a_missed_day_is_a_task_of_the_performance_manager(
    kent: Council,
) -> None:
    declare(kent, Q2, "red")
    kent.live_until(date(2011, 10, 31))
    sent = [row.notice for row in kent.store.outbox()]
    reminders = {(each.to, each.subject) for each in sent if each.kind == "reminder"}
    assert ("accountable_officer", "decision/CS1/scs#1") in reminders
    (task,) = owed(kent, date(2011, 10, 31))
    assert (task.late, task.late_days) == (True, 1)
    assert "It is a task of County Performance & Evaluation Manager." in task.sentence
    (passed,) = kent.store.find(types=["deadline.passed"])
    assert "It is a task of County Performance & Evaluation Manager." in Teller(office_of(kent)).sentence(
        passed
    )
    (told,) = owed(kent, date(2011, 10, 31), HEAD)
    assert told.may is False
    assert "can be done by p5" in told.why_not
    decide(kent)
    (fact,) = [f for f in kent.store.find(types=["step.taken"]) if f.event.move.step == "decide"]  # type: ignore[attr-defined]
    assert fact.event.move.late_days == 1  # type: ignore[attr-defined]
    assert owed(kent, date(2011, 10, 31)) == []


def test_a_reminder_is_told_with_the_role_as_people_call_it(kent: Council) -> None:
    declare(kent, Q2, "red")
    kent.live_until(date(2011, 10, 31))
    teller = Teller(office_of(kent))
    told = [teller.sentence(fact) for fact in kent.store.find(types=["reminder.sent"])]
    whom = {line.partition(": reminded ")[2].partition(" (")[0] for line in told}
    manager = "County Performance & Evaluation Manager"
    assert whom == {"Accountable Officer", f"Accountable Officer and {manager}"}


def test_a_decision_says_what_is_done_and_when_it_is_looked_at_again(kent: Council) -> None:
    declare(kent, Q2, "red")
    with pytest.raises(Refused, match="needs 'review_on'"):
        kent.step(OFFICER, "decision", ("CS1", "scs", ""), "decide", words={"decision": "Wait and see"})
    with pytest.raises(Refused, match="is for Accountable Officer"):
        kent.step(
            DATA,
            "decision",
            ("CS1", "scs", ""),
            "decide",
            {"review_on": "2012-03-30"},
            words={"decision": "x"},
        )


def test_a_decision_stands_through_the_next_red_and_nobody_owes_anything(kent: Council) -> None:
    declare(kent, Q2, "red")
    decide(kent)
    assert owed(kent, OCTOBER) == []
    kent.live_until(JANUARY)
    declare(kent, Q3, "red")
    assert state(kent) == "stands"
    assert owed(kent, JANUARY) == []
    row = kent.matter("decision", "CS1", "scs")
    assert row is not None
    assert (row["evidence"], row["ended"]) == (1, 0)


def test_while_it_stands_it_can_be_changed_and_the_first_review_date_stays_visible(kent: Council) -> None:
    declare(kent, Q2, "red")
    decide(kent, "2011-12-01")
    change(kent, "2012-02-01")
    (due,) = kent.store.rows(DUE, {"workflow": "decision"})
    assert (due["last_day"], due["original"]) == ("2012-02-01", "2011-12-01")


def test_a_decision_after_a_review_has_no_earlier_date(kent: Council) -> None:
    declare(kent, Q2, "red")
    decide(kent, "2011-12-01")
    kent.live_until(date(2011, 12, 5))
    decide(kent, "2012-02-01")
    (due,) = kent.store.rows(DUE, {"workflow": "decision"})
    assert (due["last_day"], due["original"]) == ("2012-02-01", None)


def test_on_its_review_date_it_is_needed_again_with_as_many_days_as_before(kent: Council) -> None:
    declare(kent, Q2, "red")
    decide(kent, "2011-12-01")
    kent.live_until(date(2011, 12, 1))
    assert state(kent) == "stands"
    kent.live_until(date(2011, 12, 2))
    (task,) = owed(kent, date(2011, 12, 2))
    assert (state(kent), task.due) == ("needed", date(2011, 12, 15))


def test_a_worse_status_needs_it_again_and_says_which(kcc: Pack) -> None:
    kent = kent_of(amber_too(kcc))
    declare(kent, Q2, "amber")
    decide(kent)
    kent.live_until(JANUARY)
    declare(kent, Q3, "red")
    assert state(kent) == "needed"
    (task,) = owed(kent, JANUARY)
    assert task.due == date(2012, 1, 30)
    decide(kent, "2012-06-29")
    kent.live_until(APRIL)
    declare(kent, Q4, "red")
    assert state(kent) == "stands"
    told = explain(kent.engine, "decision-0001", APRIL, names=Names())
    assert any("worse than the one decided on" in line.what and "2011-Q3" in line.what for line in told.lines)


def test_a_better_status_that_still_asks_for_one_leaves_it_standing(kcc: Pack) -> None:
    kent = kent_of(amber_too(kcc))
    declare(kent, Q2, "red")
    decide(kent)
    kent.live_until(JANUARY)
    declare(kent, Q3, "amber")
    assert state(kent) == "stands"
    change(kent, "2012-06-29")
    kent.live_until(APRIL)
    declare(kent, Q4, "red")
    assert state(kent) == "needed"


@pytest.mark.parametrize("decided", [False, True])
def test_it_is_no_longer_needed_when_the_status_is_no_longer_red(kent: Council, decided: bool) -> None:
    declare(kent, Q2, "red")
    if decided:
        decide(kent)
    kent.live_until(JANUARY)
    declare(kent, Q3, "amber")
    assert state(kent) == "not_needed"
    assert owed(kent, JANUARY) == []
    kent.live_until(APRIL)
    declare(kent, Q4, "red")
    assert state(kent, "2") == "needed"


def test_it_is_withdrawn_when_the_red_is_restated_away(kent: Council) -> None:
    declare(kent, Q2, "red")
    restate(kent, Q2, "amber")
    assert state(kent) == "not_needed"
    last = kent.store.streams({"matters/decision/CS1/scs": 0})["matters/decision/CS1/scs"][-1].event
    assert last.move.step == "withdraw"  # type: ignore[attr-defined]
    assert last.fields["reason"].startswith("The figure was restated. Amber")  # type: ignore[attr-defined]


def test_it_stays_needed_while_a_later_period_is_red(kent: Council) -> None:
    declare(kent, Q2, "red")
    kent.live_until(JANUARY)
    declare(kent, Q3, "red")
    restate(kent, Q2, "amber")
    assert state(kent) == "needed"


def test_one_that_was_asked_for_by_hand_is_ended_by_hand_once_the_indicator_has_recovered(
    kent: Council,
) -> None:
    declare(kent, Q2, "amber")
    kent.step(HEAD, "decision", ("CS1", "scs", ""), "propose", {"period": Q2, "time_allowed": "10 days"})
    with pytest.raises(Refused, match="The indicator is still amber: it needs a decision"):
        kent.step(HEAD, "decision", ("CS1", "scs", ""), "end", words={"reason": "It is in hand"})
    kent.live_until(JANUARY)
    declare(kent, Q3, "green")
    assert state(kent) == "needed"
    kent.step(HEAD, "decision", ("CS1", "scs", ""), "end", words={"reason": "It is green again"})
    assert state(kent) == "not_needed"


def test_what_the_product_does_by_itself_is_no_decision(kent: Council) -> None:
    declare(kent, Q2, "red")
    assert (held_by(kent).known, held_by(kent).decided) == ({"1": Q2}, {})
    decide(kent)
    assert held_by(kent).decided == {"1": Q2}


def test_what_is_open_is_listed_by_workflow(kent: Council) -> None:
    declare(kent, Q2, "amber")
    kent.live_until(JANUARY)
    declare(kent, Q3, "red")
    listed = matters(kent.engine, JANUARY)
    assert [(line.id, line.workflow, line.body) for line in listed] == [
        ("INT-0001", "intervention", "CMT"),
        ("decision-0001", "decision", ""),
        ("framework_review-0001", "framework_review", ""),
    ]
    (line,) = matters(kent.engine, JANUARY, workflow="decision")
    assert (line.due, line.due_label) == (date(2012, 1, 30), "Decision on what needs to happen")
    with pytest.raises(NotFound, match="Did you mean 'decision'"):
        matters(kent.engine, JANUARY, workflow="decisions")


def test_the_record_stays_whole_and_every_judgement_comes_out_again(kent: Council) -> None:
    declare(kent, Q2, "red")
    decide(kent, "2011-12-01")
    kent.live_until(JANUARY)
    declare(kent, Q3, "green")
    assert replay(kent.store, Shelf(kent.store, UkHolidays())).differences == []
    assert not verify(kent.store, views=VIEWS).faults


def amber_too(pack: Pack) -> Pack:
    """The same pack, but an amber needs a decision too."""
    triggers = tuple(
        msgspec.structs.replace(each, when=IsStatus(statuses=("red", "amber")))
        if each.id == "needs_decision"
        else each
        for each in pack.rules.triggers
    )
    return varied(pack, rules=msgspec.structs.replace(pack.rules, triggers=triggers))
