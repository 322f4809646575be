"""A restatement that waits is taken back or declined: the figure stays as it was, and the next one begins afresh."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from engine.commands import AddDelegation, FigureFields
from engine.imports import confirm_return
from engine.queries.explaining.explain import explain
from engine.queries.figures.figure_history import RevisionLine, figure_history
from engine.queries.figures.provisional import figure_to_finish, provisional_figures
from engine.queries.log import stream
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.references import FigureRef
from engine.queries.work_list.task import RESTATEMENT, Task
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council
from engine.views import SUBMISSIONS, VIEWS
from events import stream as streams
from events.errors import Refused
from tests.office import office_of

from .conftest import START
from .returns import HEADER, actions, imported, planned

ANALYST, MANAGER, OTHER = "p3", "p4", "p7"
REF, FIGURE = "AE4/acute/2017-06", FigureRef("AE4", "acute", "2017-06")
WHY = {"reason": "Late counts."}


@pytest.fixture
def two(council: Council) -> Council:
    """Two data managers, and a figure in force: 80, which is red."""
    assert council.hire("Uma Second", "data_manager") == OTHER
    council.figure(ANALYST, "enter", REF, "80")
    council.figure(MANAGER, "confirm", REF)
    return council


def both_restate(council: Council) -> None:
    council.figure(MANAGER, "restate", REF, "96", words=WHY)
    council.figure(OTHER, "restate", REF, "97", words=WHY)


def names(council: Council) -> Names:
    return Names({"p3": "Priya", "p4": "Tom", "p7": "Uma"}, council.store.texts)


def history(council: Council) -> list[RevisionLine]:
    return figure_history(council.engine, FIGURE, names=names(council))


def waiting(council: Council, person: str | None = None) -> list[Task]:
    found = tasks(council.engine, START, person=person, names=names(council))
    return [task for task in found if task.kind == RESTATEMENT]


def in_force(council: Council) -> tuple[object, object, object]:
    row = council.submission(REF)
    assert row is not None
    return row["state"], row["value"], row["waiting"]


def codes(council: Council, who: str, step: str, words: dict[str, str] | None = None) -> set[str]:
    with pytest.raises(Refused) as refused:
        council.figure(who, step, REF, words=words)
    return {problem.code for problem in refused.value.problems}


def test_two_who_each_put_one_forward_are_told_the_way_out_and_take_it(two: Council) -> None:
    both_restate(two)
    assert codes(two, MANAGER, "approve_restatement") == {"GT-STEP-011"}
    with pytest.raises(Refused) as refused:
        two.figure(OTHER, "approve_restatement", REF)
    assert "let p4 or p7 begin a new round with 'withdraw_restatement'" in refused.value.problems[0].fix
    two.figure(MANAGER, "withdraw_restatement", REF, words={"reason": "Twice."})
    assert in_force(two) == ("confirmed", "80", 0)
    two.figure(OTHER, "restate", REF, "97", words=WHY)
    two.figure(MANAGER, "approve_restatement", REF)
    assert in_force(two) == ("confirmed", "97", 0)
    assert two.status(REF) == "green"


def test_the_work_list_asks_those_who_can_take_it_back_where_nobody_can_approve(two: Council) -> None:
    both_restate(two)
    (task,) = waiting(two)
    assert [(move.step, move.people) for move in task.moves] == [
        ("approve_restatement", ()),
        ("withdraw_restatement", (MANAGER, OTHER)),
    ]
    (mine,) = waiting(two, MANAGER)
    assert mine.may is True


def test_whoever_confirms_a_return_is_told_who_may_take_back_what_they_may_not_approve(two: Council) -> None:
    two.figure(MANAGER, "restate", REF, "96", words=WHY)
    (left_out,) = confirm_return(office_of(two), actor=MANAGER).skipped
    assert left_out.reason.endswith(
        f" Or it can be taken back by Tom Manager: goldenthread figure withdraw-restatement {REF} --reason …"
    )
    two.figure(OTHER, "approve_restatement", REF)
    two.figure(MANAGER, "enter", "AE4/acute/2017-05", "80")
    (left_out,) = confirm_return(office_of(two), actor=MANAGER).skipped
    assert "taken back" not in left_out.reason


@pytest.mark.parametrize(("who", "step"), [(MANAGER, "withdraw_restatement"), (OTHER, "decline_restatement")])
def test_it_waits_no_longer_and_nothing_is_judged_again(two: Council, who: str, step: str) -> None:
    two.figure(MANAGER, "restate", REF, "96", words=WHY)
    assert len(waiting(two)) == 1
    before = two.types()
    two.figure(who, step, REF, words={"reason": "It was right."})
    assert two.types() == [*before, "restatement.withdrawn"]
    assert waiting(two) == []
    assert in_force(two) == ("confirmed", "80", 0)
    assert two.status(REF) == "red"
    assert confirm_return(office_of(two), actor=OTHER).confirmed == ()


def test_nobody_else_takes_it_back_and_nobody_declines_their_own(two: Council) -> None:
    two.figure(MANAGER, "restate", REF, "96", words=WHY)
    assert codes(two, OTHER, "withdraw_restatement", {"reason": "No."}) == {"GT-STEP-491"}
    assert codes(two, MANAGER, "decline_restatement", {"reason": "No."}) == {"GT-STEP-011"}
    assert codes(two, ANALYST, "decline_restatement", {"reason": "No."}) == {"GT-STEP-005"}


def test_the_history_the_log_and_the_explanation_say_by_whom_and_why(two: Council) -> None:
    both_restate(two)
    two.figure(MANAGER, "withdraw_restatement", REF, words={"reason": "Twice."})
    two.figure(MANAGER, "restate", REF, "96", words=WHY)
    two.figure(OTHER, "decline_restatement", REF, words={"reason": "It was right."})
    assert [
        (line.revision, line.what, line.by, line.reason, line.status.id) for line in history(two)[2:]
    ] == [
        (2, "restated", "Tom", "Late counts.", "red"),
        (3, "restated", "Uma", "Late counts.", "red"),
        (3, "restatement taken back", "Tom", "Twice.", "red"),
        (4, "restated", "Tom", "Late counts.", "red"),
        (4, "restatement declined", "Uma", "It was right.", "red"),
    ]
    told = [line.what for line in explain(two.engine, REF, START, names=names(two)).lines]
    assert any("Restatement (revision 3) taken back by Tom" in line and "“Twice.”" in line for line in told)
    assert any("Restatement (revision 4) declined by Uma" in line for line in told)
    log = [line.sentence for line in stream(two.engine, streams.series("AE4", "acute"), names=names(two))]
    assert f"Tom took back the restatement of {REF} (revision 3): “Twice.”" in log
    assert f"Uma declined the restatement of {REF} (revision 4): “It was right.”" in log


def test_it_still_waits_in_the_past_and_the_views_come_out_the_same_again(two: Council) -> None:
    waits = two.figure(MANAGER, "restate", REF, "96", words=WHY).facts[0].position
    two.figure(OTHER, "decline_restatement", REF, words={"reason": "It was right."})
    then = Reader(two.engine, waits).rows(SUBMISSIONS, {"period": "2017-06"})
    assert [row["waiting"] for row in then] == [1]
    assert in_force(two)[2] == 0
    assert two.store.differences(VIEWS) == []


def test_a_file_meets_the_figure_in_force_and_no_longer_the_one_taken_back(two: Council) -> None:
    office = office_of(two)
    two.figure(MANAGER, "restate", REF, "96", words=WHY)
    (problem,) = planned(office, HEADER + "AE4,acute,2017-06,80\n").problems
    assert problem.code == "GT-IMPORT-400"
    assert "withdraw-restatement" in problem.fix
    two.figure(MANAGER, "withdraw_restatement", REF, words={"reason": "It was right."})
    assert actions(planned(office, HEADER + "AE4,acute,2017-06,80\n")) == ["unchanged"]
    (problem,) = planned(office, HEADER + "AE4,acute,2017-06,96\n").problems
    assert problem.code == "GT-IMPORT-023"
    assert imported(office, HEADER + "AE4,acute,2017-06,96\n", reason="It was late.") == ["restatement"]
    assert confirm_return(office, actor=MANAGER).confirmed == (REF,)
    assert in_force(two) == ("confirmed", "96", 0)


def test_a_figure_put_forward_as_final_and_taken_back_was_never_made_final(council: Council) -> None:
    about = ("AE4", "acute", "2017-06")
    given = FigureFields(value=Decimal(90), provisional=True)
    council.step(ANALYST, "submission", about, "enter", figure=given)
    council.figure(MANAGER, "confirm", REF)
    final = figure_to_finish(council.engine, FIGURE)
    for step, who in (("withdraw_restatement", ANALYST), ("decline_restatement", MANAGER)):
        council.step(ANALYST, "submission", about, "restate", figure=final, words=WHY)
        council.figure(who, step, REF, words={"reason": "More will come."})
    assert [line.what for line in history(council)[2:]] == [
        "put forward as final",
        "restatement taken back",
        "put forward as final",
        "restatement declined",
    ]
    (still,) = provisional_figures(council.engine, START)
    assert (still.ref, still.waiting) == (REF, False)


def test_a_first_figure_after_none_is_taken_back_and_there_is_none_still(council: Council) -> None:
    council.figure(MANAGER, "declare_none", REF, words={"reason": "The system was replaced."})
    council.figure(ANALYST, "restate", REF, "90", words=WHY)
    council.figure(ANALYST, "withdraw_restatement", REF, words={"reason": "Not ours."})
    assert in_force(council) == ("no_figure", None, 0)
    assert waiting(council) == []
    assert council.status(REF) == "no data"


def test_it_is_taken_back_on_behalf_of_whoever_put_it_forward(two: Council) -> None:
    two.figure(MANAGER, "restate", REF, "96", words=WHY)
    two.ask(AddDelegation(delegator=MANAGER, delegate=OTHER, start=date(2017, 7, 1)), "p1")
    about = ("AE4", "acute", "2017-06")
    two.step(
        OTHER, "submission", about, "withdraw_restatement", words={"reason": "Tom says."}, acting_for=MANAGER
    )
    assert history(two)[-1].by == "Uma for Tom"
