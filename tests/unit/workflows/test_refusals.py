"""Every reason at once, and what is possible instead."""

from __future__ import annotations

from datetime import date

from tests.unit.workflows.town import WORDS, Story, agreed, intervention, library, submission

NOV_30 = date(2026, 11, 30)


def test_every_reason_is_told_at_once() -> None:
    story = intervention()
    refusal = story.refused(
        "close", "sue", date(2026, 12, 24), received=date(2026, 12, 1), body="CMT", colour="red"
    )
    assert [each.code for each in refusal.reasons] == [
        "GT-STEP-001",
        "GT-STEP-008",
        "GT-STEP-012",
        "GT-STEP-013",
        "GT-STEP-030",
        "GT-STEP-021",
    ]


def test_what_is_possible_now_is_told_with_who_may() -> None:
    refusal = intervention().refused("report", "sue", NOV_30, report=WORDS)
    assert [(each.step, each.by, each.people) for each in refusal.possible] == [
        ("answer", ("CPEG",), ("carl", "clara")),
        ("leave_with_service", ("CPEG",), ("carl", "clara")),
        ("decline", ("CPEG",), ("carl", "clara")),
        ("move", ("CPEG", "Chief executive", "Executive member"), ("carl", "clara", "emma")),
    ]


def test_nothing_is_possible_once_it_is_over() -> None:
    story = intervention()
    story.take("decline", "clara", NOV_30, body="CPEG", reason=WORDS)
    refusal = story.refused("answer", "clara", NOV_30, body="CPEG", category="category_1")
    assert refusal.possible == ()
    assert [each.sentence for each in refusal.reasons] == [
        "'answer' comes too late: it is over (No corporate action)."
    ]


def test_a_step_whose_condition_does_not_hold_is_not_called_possible() -> None:
    story = agreed()
    story.take("report", "sue", NOV_30, report=WORDS)
    steps = {each.step for each in story.refused("report", "sue", NOV_30, report=WORDS).possible}
    assert steps == {"continue", "waive", "move"}


def test_those_whom_their_own_act_bars_are_not_named() -> None:
    story = Story(submission(), subject="2026-Q1")
    story.take("enter", "max", date(2026, 7, 2), figure="given")
    refusal = story.refused("confirm", "max", date(2026, 7, 2))
    assert [each.sentence for each in refusal.reasons] == [
        "'confirm' needs another person than max, who took 'enter'."
    ]
    assert refusal.reasons[0].fix == "Ask mary."


def test_where_nobody_can_the_refusal_says_so() -> None:
    story = Story(submission(), subject="2026-Q1")
    del story.town.people["mary"]
    story.take("enter", "max", date(2026, 7, 2), figure="given")
    refusal = story.refused("confirm", "max", date(2026, 7, 2))
    assert refusal.reasons[0].fix == "Nobody can at present: assign the role to somebody."


def test_a_body_decides_through_its_clerk_or_chair_and_it_must_be_said() -> None:
    story = intervention()
    (missing,) = story.refused("answer", "clara", NOV_30, category="category_1").reasons
    assert missing.code == "GT-STEP-007"
    assert missing.fix == "Say so: --on-behalf-of CPEG."
    story.take("answer", "carl", NOV_30, body="CPEG", category="category_1")


def test_a_person_who_is_neither_clerk_nor_chair_does_not_decide() -> None:
    codes = intervention().codes("answer", "sue", NOV_30, body="CPEG", category="category_1")
    assert codes == {"GT-STEP-009"}


def test_a_misspelt_step_is_recognised() -> None:
    refusal = intervention().refused("anwser", "clara", NOV_30)
    assert refusal.reasons[0].sentence == (
        "There is no step 'anwser' in the workflow intervention. Did you mean 'answer'?"
    )


def test_what_has_not_begun_is_first_proposed() -> None:
    story = Story(library("intervention"))
    refusal = story.refused("answer", "clara", NOV_30, category="category_1")
    assert "GT-STEP-003" in {each.code for each in refusal.reasons}
    assert [each.step for each in refusal.possible] == ["propose"]


def test_what_has_begun_is_not_proposed_again() -> None:
    assert intervention().codes("propose", "sue", NOV_30, refer_to="CMT") == {"GT-STEP-004"}


def test_a_submission_begins_by_itself() -> None:
    assert "GT-STEP-004" in Story(submission(), subject="2026-Q1").codes("propose", "sue", NOV_30)


def test_a_decision_is_not_dated_before_the_matter_began() -> None:
    story = intervention(on=NOV_30)
    codes = story.codes(
        "answer", "clara", date(2026, 11, 29), received=NOV_30, body="CPEG", category="category_1"
    )
    assert codes == {"GT-STEP-022"}


def test_a_decision_is_not_dated_before_the_step_that_led_to_it() -> None:
    story = intervention(on=date(2026, 11, 20))
    story.take("answer", "clara", NOV_30, body="CPEG", category="category_1")
    on_the_day_before = date(2026, 11, 29)
    codes = story.codes(
        "move", "clara", on_the_day_before, received=NOV_30, body="CPEG", rung="CMT", reason=WORDS
    )
    assert codes == {"GT-STEP-027"}
    story.take("move", "clara", NOV_30, body="CPEG", rung="CMT", reason=WORDS)


def test_fields_are_checked_against_the_pack() -> None:
    story = intervention()
    answer = {"category": "category_5", "menu": ("5", "5", "6")}
    assert story.codes("answer", "clara", NOV_30, body="CPEG", fields=answer) == {
        "GT-STEP-015",
        "GT-STEP-016",
        "GT-STEP-017",
    }
    both = {"category": "category_1", "menu": ("13", "15")}
    assert story.codes("answer", "clara", NOV_30, body="CPEG", fields=both) == {"GT-STEP-018"}
    assert story.codes("move", "carl", NOV_30, rung="CPEG", reason=WORDS) == {"GT-STEP-020"}
    assert story.codes("move", "carl", NOV_30, rung="COUNCIL", reason=WORDS) == {"GT-STEP-015"}


def test_an_item_does_not_move_the_matter_to_where_it_is() -> None:
    story = intervention()
    story.take("move", "carl", NOV_30, rung="CMT", reason=WORDS)
    codes = story.codes(
        "answer", "clara", NOV_30, body="CMT", fields={"category": "category_1", "menu": "13"}
    )
    assert codes == {"GT-STEP-019"}


def test_free_text_comes_as_a_reference_never_as_it_is() -> None:
    codes = intervention().codes("decline", "clara", NOV_30, body="CPEG", reason="Mrs Smith is ill")
    assert codes == {"GT-STEP-014"}


def test_a_day_is_a_day() -> None:
    story = intervention()
    for day in ("tomorrow", "2026-02-30", "20261231", ("2026-12-31",)):
        codes = story.codes("leave_with_service", "clara", NOV_30, body="CPEG", fields={"review_on": day})
        assert codes == {"GT-STEP-014"}, day


def test_a_day_decades_off_is_asked_about() -> None:
    story = intervention()
    for day, code in (
        ("9999-12-31", "GT-STEP-530"),
        ("2031-12-01", "GT-STEP-530"),
        ("1909-01-05", "GT-STEP-531"),
    ):
        codes = story.codes("leave_with_service", "clara", NOV_30, body="CPEG", fields={"review_on": day})
        assert code in codes, day


def test_a_review_lies_ahead() -> None:
    codes = intervention().codes("leave_with_service", "clara", NOV_30, body="CPEG", review_on="2026-11-30")
    assert codes == {"GT-STEP-023"}


def test_the_system_takes_only_steps_that_list_it() -> None:
    assert intervention().codes("decline", "system", NOV_30, reason="it was quiet") == {"GT-STEP-006"}


def test_a_period_and_a_name_are_read_strictly() -> None:
    story = Story(library("intervention"))
    codes = story.codes("propose", "sue", NOV_30, refer_to="CPEG", period="last quarter", trigger="a b")
    assert codes == {"GT-STEP-014"}
