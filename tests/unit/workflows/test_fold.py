"""An instance is what its facts say, and nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from events.errors import Broken
from events.instant import Instant
from events.kinds.figures import CommentAdded, FigureConfirmed, FigureEntered
from events.kinds.statuses import TriggerCleared
from events.kinds.workflow import CauseWithdrawn, DeadlinePassed, Move, ReminderSent
from events.text import TextRef
from tests.unit.workflows.town import WORDS, a_fact, agreed, same
from workflows.fold import address, fold
from workflows.instance import Taker

JULY_2 = date(2026, 7, 2)


def move(step: str, source: str, target: str) -> Move:
    first = "d1" if step == "enter" else None
    return Move(
        workflow="submission", subject="2026-Q1", step=step, source=source, target=target, definition=first
    )


def test_facts_about_figures_move_their_submission() -> None:
    entered = FigureEntered(
        move=move("enter", "awaiting", "entered"), period="2026-Q1", revision=1, value=Decimal(5)
    )
    confirmed = FigureConfirmed(
        move=move("confirm", "entered", "confirmed"),
        period="2026-Q1",
        revision=1,
        entry="x@1",
        value=Decimal(5),
    )
    comment = CommentAdded(
        move=move("comment", "confirmed", "confirmed"), period="2026-Q1", comment=TextRef(WORDS)
    )
    instance = fold(None, a_fact(entered, "ann", JULY_2))
    assert (instance.state, instance.definition, instance.started_by) == ("entered", "d1", "ann")
    instance = fold(instance, a_fact(confirmed, "max", JULY_2, 2))
    instance = fold(instance, a_fact(comment, "sue", JULY_2, 3))
    assert instance.state == "confirmed"
    assert instance.history == (Taker("enter", "ann"), Taker("confirm", "max"), Taker("comment", "sue"))


def test_folding_again_from_the_start_gives_the_same() -> None:
    story = agreed()
    story.tick(date(2027, 3, 1))
    story.take("move", "carl", date(2027, 3, 2), rung="CMT", reason=WORDS)
    again = None
    for fact in story.facts:
        again = fold(again, fact)
    assert again is not None
    assert same(again, story.now)


def passing(n: int) -> DeadlinePassed:
    return DeadlinePassed(
        workflow="intervention",
        subject="1",
        name="report_back",
        n=n,
        due_at=Instant("2027-03-01T00:00:00.000000Z"),
        last_day=date(2027, 2, 28),
        proposes="CMT",
    )


def test_a_deadline_that_was_set_anew_is_not_passed_by_its_earlier_setting() -> None:
    story = agreed()
    story.take("answer", "clara", date(2027, 1, 4), body="CPEG", category="category_1")
    assert same(fold(story.now, a_fact(passing(1), "system", date(2027, 3, 1))), story.now)
    assert "report_back" in fold(story.now, a_fact(passing(2), "system", date(2027, 3, 1))).passed


def test_facts_that_change_nothing_change_nothing() -> None:
    story = agreed()
    reminder = ReminderSent(
        workflow="intervention", subject="1", name="report_back", n=1, reminder=1, to=("x",), words=""
    )
    withdrawn = CauseWithdrawn(subject="1", trigger="concern", period="2026-Q2", to="CPEG")
    for event in (reminder, withdrawn):
        assert fold(story.now, a_fact(event, "system", date(2027, 1, 1))) is story.now


def test_a_fact_about_what_never_began_is_a_broken_record() -> None:
    with pytest.raises(Broken):
        fold(None, a_fact(passing(1), "system", date(2027, 3, 1)))


def test_a_fact_knows_whose_it_is() -> None:
    assert address(passing(1)) == ("intervention", "1")
    assert address(agreed().facts[0].event) == ("intervention", "1")
    assert address(TriggerCleared(trigger="concern", period="2026-Q2", reason="")) is None


def test_the_first_step_names_the_definition_and_later_ones_do_not_repeat_it() -> None:
    story = agreed()
    moves = [fact.event.move.definition for fact in story.facts]  # type: ignore[attr-defined]  # these are moves
    assert moves == [story.definition.digest, None]


def test_the_last_step_says_that_it_is_over() -> None:
    story = agreed()
    story.take("report", "sue", date(2027, 1, 4), report=WORDS)
    story.town.rating = "green"
    assert story.take("close", "clara", date(2027, 1, 5), body="CPEG", reason=WORDS).move.ends
    assert not any(fact.event.move.ends for fact in story.facts[:-1])  # type: ignore[attr-defined]  # these are moves
