"""Questions that are answered by a day, recommendations that are tracked until they are done, and what works well.

Source: Kent 2011, section 3; Kent Specialist Children's Services, 6.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from adapters.holidays import UkHolidays
from engine.packs.pack import Pack
from engine.queries.matters.matter import MatterStory, matter
from engine.queries.names import Names
from engine.queries.references import find_matter
from engine.queries.work_list.task import Task
from engine.queries.work_list.tasks import tasks
from engine.testing.council import Council
from events.errors import Refused

from .conftest import ROOT
from .founding import once

OCTOBER = date(2011, 10, 3)
FOSTERING = ("", "fostering", "")


def of(place: tuple[str, str, str], ordinal: str) -> tuple[str, str, str]:
    """The same thing's matter of that number."""
    return place[0], place[1], ordinal


def story(council: Council, ref: str) -> MatterStory:
    """A matter from its beginning, as it stands today."""
    today = council.clock.now().date()
    return matter(council.engine, find_matter(council.engine, ref), today, names=Names())


def waiting(council: Council, workflow: str, person: str | None = None) -> list[Task]:
    """What of a workflow waits today, for one person or for all."""
    today = council.clock.now().date()
    return [each for each in tasks(council.engine, today, person=person) if each.workflow == workflow]


TWO = "2 matters of 'recommendation' about fostering are open"
NUMBERS = "recommendation-0001, recommendation-0002"


# --- Scrutiny recommends, Cabinet answers, and what it accepts is tracked to its completion -----------------------


@pytest.fixture
@once
def scrutiny(pack_of: Callable[[Path], Pack], stores: None) -> tuple[Council, dict[str, str]]:
    """A committee with its clerk (p3), Cabinet with its own (p4), a Head of Service (p5) and a Director (p6)."""
    council = Council(pack_of(ROOT / "packs" / "kent-scs"), OCTOBER, holidays=UkHolidays())
    council.service("fostering")
    who = {
        "committee": council.hire("Clerk of the committee", "clerk", scope="SCSPOSC"),
        "cabinet": council.hire("Clerk of Cabinet", "clerk", scope="CABINET"),
        "head": council.hire("Fay Foster", "head_of_service", scope="fostering"),
        "director": council.hire("Dee Director", "director"),
    }
    return council, who


Scrutiny = tuple[Council, dict[str, str]]


def recommend(scrutiny: Scrutiny, what: str) -> None:
    council, who = scrutiny
    council.step(
        who["committee"],
        "recommendation",
        FOSTERING,
        "propose",
        words={"recommendation": what},
        body="SCSPOSC",
    )


def accept(scrutiny: Scrutiny, ordinal: str, complete_by: str) -> None:
    council, who = scrutiny
    council.step(
        *(who["cabinet"], "recommendation", of(FOSTERING, ordinal), "accept"),
        {"complete_by": complete_by}, words={"what_is_done": "A rota in each team"}, body="CABINET",
    )  # fmt: skip


def test_a_review_ends_in_several_recommendations_and_each_is_answered_for_itself(scrutiny: Scrutiny) -> None:
    council, who = scrutiny
    recommend(scrutiny, "Ring families back on the day")
    recommend(scrutiny, "Publish the waiting times")
    accept(scrutiny, "1", "2012-03-30")
    with pytest.raises(Refused, match="'reject' needs 'reason'"):
        council.step(who["cabinet"], "recommendation", of(FOSTERING, "2"), "reject", body="CABINET")
    why = {"reason": "The figures are too small to publish"}
    council.step(who["cabinet"], "recommendation", of(FOSTERING, "2"), "reject", words=why, body="CABINET")
    assert story(council, "recommendation-0001").line.state == "accepted"
    assert story(council, "recommendation-0002").line.state == "rejected"


def test_of_several_that_are_open_a_number_must_be_said(scrutiny: Scrutiny) -> None:
    council, _ = scrutiny
    recommend(scrutiny, "Ring families back on the day")
    assert find_matter(council.engine, "fostering", workflow="recommendation").ordinal == "1"
    recommend(scrutiny, "Publish the waiting times")
    with pytest.raises(Refused, match=f"{TWO}: recommendation/-/fostering#1, recommendation/-/fostering#2"):
        accept(scrutiny, "", "2011-12-01")
    for named in ("recommendation/-/fostering", "recommendation fostering", "recommendation/fostering"):
        with pytest.raises(Refused, match=f"{TWO}: {NUMBERS}"):
            story(council, named)
    with pytest.raises(Refused, match="for example recommendation-0002"):
        find_matter(council.engine, "fostering", workflow="recommendation")
    assert story(council, "recommendation-0001").line.ordinal == "1"


def test_the_only_one_that_is_open_needs_no_number_whether_it_is_the_last_or_not(scrutiny: Scrutiny) -> None:
    council, who = scrutiny
    recommend(scrutiny, "Ring families back on the day")
    recommend(scrutiny, "Publish the waiting times")
    why = {"reason": "They are published"}
    council.step(who["cabinet"], "recommendation", of(FOSTERING, "2"), "reject", words=why, body="CABINET")
    accept(scrutiny, "", "2011-12-01")
    row = council.matter("recommendation", *FOSTERING[:2], "1")
    assert row is not None
    assert row["state"] == "accepted"
    assert find_matter(council.engine, "fostering", workflow="recommendation").ordinal == "1"


def test_where_none_is_open_the_last_one_is_shown(scrutiny: Scrutiny) -> None:
    council, who = scrutiny
    why = {"reason": "They are published"}
    for ordinal in ("1", "2"):
        recommend(scrutiny, "Publish the waiting times")
        council.step(
            *(who["cabinet"], "recommendation", of(FOSTERING, ordinal), "reject"), words=why, body="CABINET"
        )
    assert find_matter(council.engine, "fostering", workflow="recommendation").ordinal == "2"


def test_an_accepted_recommendation_keeps_its_first_day_and_ends_when_the_committee_says_so(
    scrutiny: Scrutiny,
) -> None:
    council, who = scrutiny
    recommend(scrutiny, "Ring families back on the day")
    accept(scrutiny, "1", "2012-01-30")
    council.live_until(date(2011, 12, 20))
    at = of(FOSTERING, "1")
    council.step(who["head"], "recommendation", at, "update", words={"progress": "Three teams of five"})
    council.live_until(date(2012, 1, 23))
    later = {"until": "2012-02-08"}
    council.step(
        who["cabinet"],
        "recommendation",
        at,
        "move_date",
        later,
        words={"reason": "Two posts"},
        body="CABINET",
    )
    (task,) = waiting(council, "recommendation")
    assert (task.due, task.original, task.late) == (date(2012, 2, 8), date(2012, 1, 30), False)
    council.live_until(date(2012, 2, 10))
    (task,) = waiting(council, "recommendation")
    assert (task.late, task.late_days) == (True, 2)
    council.step(who["head"], "recommendation", at, "complete", words={"evidence": "Call log of February"})
    with pytest.raises(Refused, match="'confirm' is for SCSPOSC"):
        council.step(who["head"], "recommendation", at, "confirm")
    council.step(who["committee"], "recommendation", at, "confirm", body="SCSPOSC")
    assert story(council, "recommendation-0001").line.state == "completed"


def test_a_recommendation_that_cabinet_does_not_answer_is_put_before_the_committee_again(
    scrutiny: Scrutiny,
) -> None:
    council, who = scrutiny
    recommend(scrutiny, "Ring families back on the day")
    council.live_until(date(2011, 12, 4))
    (task,) = waiting(council, "recommendation", who["committee"])
    assert "nothing by 3 December 2011" in task.sentence
    assert task.late


# --- A question with a day --------------------------------------------------------------------------------------


def ask(scrutiny: Scrutiny, question: str, answer_by: str) -> None:
    council, who = scrutiny
    council.step(
        *(who["committee"], "challenge", FOSTERING, "propose"),
        {"answer_by": answer_by}, words={"question": question}, body="SCSPOSC",
    )  # fmt: skip


def test_a_question_that_is_not_answered_stays_open_shows_as_late_and_reaches_the_director(
    scrutiny: Scrutiny,
) -> None:
    council, who = scrutiny
    ask(scrutiny, "Why do assessments wait?", "2011-10-14")
    ask(scrutiny, "What do agency staff cost?", "2011-10-28")
    council.live_until(date(2011, 10, 17))
    late = {task.ref: task.late for task in waiting(council, "challenge", who["head"])}
    assert late == {"challenge-0001": True, "challenge-0002": False}
    (told,) = waiting(council, "challenge", who["director"])[:1]
    assert told.ref == "challenge-0001"
    assert "Answer: nothing by 14 October 2011" in told.sentence


def test_an_answer_that_nobody_comes_back_on_stands_after_twenty_working_days(scrutiny: Scrutiny) -> None:
    council, who = scrutiny
    ask(scrutiny, "Why do assessments wait?", "2011-10-14")
    council.live_until(date(2011, 10, 13))
    answer = {"answer": "Two posts are vacant"}
    council.step(who["head"], "challenge", of(FOSTERING, "1"), "answer", words=answer)
    assert waiting(council, "challenge") == []
    council.live_until(date(2011, 11, 10))
    assert story(council, "challenge-0001").line.state == "answered"
    council.live_until(date(2011, 11, 11))
    assert story(council, "challenge-0001").line.state == "settled"


# --- What works well --------------------------------------------------------------------------------------------


@pytest.fixture
@once
def kent(pack_of: Callable[[Path], Pack], stores: None) -> Council:
    """One series, an enterer (p3), a confirmer (p4), the Accountable Officer (p5), the clerk of CMT (p6)."""
    council = Council(pack_of(ROOT / "packs" / "kcc-2011"), date(2012, 10, 3), holidays=UkHolidays())
    council.service("libraries")
    council.indicator("L1", "libraries", frequency="quarter")
    council.hire("Dora Data", "data_enterer")
    council.hire("Max Manager", "data_manager")
    council.hire("Olu Officer", "accountable_officer")
    council.hire("Clerk of CMT", "clerk", scope="CMT")
    council.hire("Sam Staff", "staff")
    return council


LIBRARIES = ("L1", "libraries", "")


def year(council: Council, *statuses: str) -> None:
    for period, status in zip(("2011-Q2", "2011-Q3", "2011-Q4", "2012-Q1"), statuses, strict=False):
        council.figure("p3", "enter", f"L1/libraries/{period}", "90", declared=status)
        council.figure("p4", "confirm", f"L1/libraries/{period}")


def test_four_green_quarters_are_looked_into_and_what_was_found_is_shared(kent: Council) -> None:
    year(kent, "green", "green", "green")
    assert kent.matter("learning_review", "L1", "libraries") is None
    kent.figure("p3", "enter", "L1/libraries/2012-Q1", "90", declared="green")
    kent.figure("p4", "confirm", "L1/libraries/2012-Q1")
    assert story(kent, "learning_review-0001").line.due == date(2012, 12, 3)
    found = {"why": "One visit instead of three", "evidence": "Times of visits"}
    kent.step("p5", "learning_review", LIBRARIES, "find", {"finding": "good_practice"}, words=found)
    shared = {"with_whom": "Adult services", "what_follows": "They try it from January"}
    kent.step("p6", "learning_review", LIBRARIES, "share", words=shared, body="CMT")
    assert story(kent, "learning_review-0001").line.state == "closed"


def test_a_learning_review_is_begun_by_hand_too_one_at_a_time(kent: Council) -> None:
    kent.step("p7", "learning_review", LIBRARIES, "propose", words={"reason": "Asked by members"})
    with pytest.raises(Refused, match="is still open; a series has one at a time"):
        kent.step("p7", "learning_review", LIBRARIES, "propose", words={"reason": "Asked again"})


def test_any_member_of_staff_may_ask_and_does_not_answer_for_themselves(kent: Council) -> None:
    question = {"question": "Is it the new van?"}
    kent.step("p7", "challenge", LIBRARIES, "propose", {"answer_by": "2012-10-31"}, words=question)
    with pytest.raises(Refused, match="'answer' is for Accountable Officer"):
        kent.step("p7", "challenge", LIBRARIES, "answer", words={"answer": "It is"})
    kent.step("p5", "challenge", LIBRARIES, "answer", words={"answer": "It is"})
    assert story(kent, "challenge-0001").line.state == "answered"
