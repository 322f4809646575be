"""An intervention from the trigger to its close."""

from __future__ import annotations

from datetime import date

from tests.unit.workflows.town import HOUSE, WORDS, Story, Town, agreed, house, intervention, library

NOV_30 = date(2026, 11, 30)


def test_a_trigger_refers_the_matter_to_a_body_which_has_until_its_next_meeting() -> None:
    town = Town()
    town.meetings["CPEG"] = [date(2026, 11, 16), date(2026, 12, 14)]
    story = intervention(town)
    assert (story.now.state, story.now.body) == ("proposed", "CPEG")
    assert story.last_day("answer") == date(2026, 12, 14)
    assert story.now.open["answer"].rule == "the next meeting of CPEG, 14 December 2026"


def test_a_body_without_meetings_has_a_month() -> None:
    assert intervention(on=NOV_30).last_day("answer") == date(2026, 12, 30)


def test_category_two_answered_on_30_november_is_due_on_28_february() -> None:
    story = agreed("category_2", NOV_30)
    due = story.now.open["report_back"]
    assert due.last_day == date(2027, 2, 28)
    assert due.due_at == "2027-03-01T00:00:00.000000Z"
    assert due.rule == "3 months from 30 November 2026"
    assert due.calendar == "Europe/London; bank holidays of England"
    assert "answer" not in story.now.open


def test_a_decision_counts_from_the_meeting_not_from_the_day_it_was_typed_in() -> None:
    story = intervention()
    story.take("answer", "clara", NOV_30, received=date(2026, 12, 5), body="CPEG", category="category_2")
    assert story.last_day("report_back") == date(2027, 2, 28)


def test_reminders_are_frozen_with_the_deadline_and_name_roles_and_bodies() -> None:
    due = agreed("category_2", NOV_30).now.open["report_back"]
    assert [(each.at[:10], each.to, each.words) for each in due.remind] == [
        ("2027-01-31", ("service_manager", "chief_officer"), "28 days before"),
        ("2027-02-21", ("service_manager", "chief_officer"), "7 days before"),
        ("2027-03-01", ("CPEG",), "1 day after"),
    ]


def test_a_reminder_that_would_lie_in_the_past_is_never_set() -> None:
    due = agreed("category_4", date(2009, 1, 31)).now.open["report_back"]
    assert [each.words for each in due.remind] == ["7 days before", "1 day after"]


def test_the_service_reports_and_the_body_closes_when_the_indicator_has_recovered() -> None:
    story = agreed()
    story.take("report", "sue", date(2027, 2, 1), report=WORDS)
    assert set(story.now.open) == {"decide"}
    story.town.rating = "green"
    story.take("close", "clara", date(2027, 2, 15), body="CPEG", reason=WORDS)
    assert story.now.state == "closed"
    assert story.now.open == {}


def test_closing_a_red_needs_a_waiver_with_a_reason() -> None:
    story = agreed()
    story.take("report", "sue", date(2027, 2, 1), report=WORDS)
    refusal = story.refused("close", "clara", date(2027, 2, 15), body="CPEG", reason=WORDS)
    assert [each.sentence for each in refusal.reasons] == [
        "The indicator is still red: closing needs a waiver with a reason."
    ]
    story.take("waive", "clara", date(2027, 2, 15), body="CPEG", reason=WORDS)
    story.take("close", "clara", date(2027, 2, 15), body="CPEG", reason=WORDS)


def test_a_waiver_lapses_when_the_matter_goes_on() -> None:
    story = agreed()
    story.take("report", "sue", date(2027, 2, 1), report=WORDS)
    story.take("waive", "clara", date(2027, 2, 15), body="CPEG", reason=WORDS)
    story.take("continue", "clara", date(2027, 2, 15), body="CPEG", category="category_4", reason=WORDS)
    story.take("report", "sue", date(2027, 3, 1), report=WORDS)
    assert "GT-STEP-030" in story.codes("close", "clara", date(2027, 3, 2), body="CPEG", reason=WORDS)


def test_continuing_starts_the_clock_anew_and_keeps_the_first_date_visible() -> None:
    story = agreed("category_2", NOV_30)
    story.take("report", "sue", date(2027, 2, 1), report=WORDS)
    story.take("continue", "clara", date(2027, 2, 15), body="CPEG", category="category_4", reason=WORDS)
    due = story.now.open["report_back"]
    assert (due.n, due.last_day, due.original) == (2, date(2027, 3, 15), date(2027, 2, 28))


def test_what_the_service_deals_with_is_looked_at_on_the_review_day() -> None:
    story = intervention()
    story.take("leave_with_service", "clara", NOV_30, body="CPEG", review_on="2027-01-15")
    assert story.now.state == "watched"
    assert story.last_day("review") == date(2027, 1, 15)
    (passed,) = story.tick(date(2027, 1, 16))
    assert (passed.to, passed.proposes) == ("CPEG", None)


def test_after_a_review_the_body_may_name_another_day_and_the_first_stays_visible() -> None:
    story = intervention()
    story.take("leave_with_service", "clara", NOV_30, body="CPEG", review_on="2027-01-15")
    story.tick(date(2027, 1, 16))
    story.take("leave_with_service", "clara", date(2027, 1, 18), body="CPEG", review_on="2027-03-15")
    due = story.now.open["review"]
    assert (due.n, due.last_day, due.original) == (2, date(2027, 3, 15), date(2027, 1, 15))
    assert story.now.passed == {}


def test_a_withdrawn_trigger_takes_its_proposal_back_and_only_the_system_does_that() -> None:
    story = intervention()
    assert "GT-STEP-005" in story.codes("withdraw", "clara", NOV_30)
    story.take("withdraw", "system", NOV_30, trigger="concern", period="2026-Q2")
    assert story.now.state == "declined"


def test_an_item_that_moves_the_matter_moves_it_with_the_answer() -> None:
    story = intervention()
    decision = story.take("answer", "clara", NOV_30, body="CPEG", category="category_3", menu=("5", "13"))
    assert decision.fields["rung"] == "CMT"
    assert story.now.body == "CMT"
    assert set(story.now.open) == {"report_back"}
    assert story.now.open["report_back"].remind[-1].to == ("CMT",)


def test_items_ask_for_what_they_record() -> None:
    story = intervention()
    asked = {"category": "category_3", "menu": ("8", "12", "20")}
    missing = story.refused("answer", "clara", NOV_30, body="CPEG", fields=asked)
    assert [each.sentence for each in missing.reasons] == [
        "'answer' needs 'purpose'.",
        "'answer' needs 'provider'.",
        "'answer' needs 'amount'.",
        "'answer' needs 'source'.",
    ]
    story.take(
        "answer",
        "clara",
        NOV_30,
        body="CPEG",
        fields={
            **asked,
            "purpose": "check on progress",
            "provider": "Leader's Futures Group",
            "amount": WORDS,
            "source": WORDS,
        },
    )


def test_an_answer_that_the_pack_does_not_offer_is_refused() -> None:
    story = intervention(Town(house(HOUSE.replace(", decline]", "]"))))
    assert "GT-STEP-030" in story.codes("decline", "clara", NOV_30, body="CPEG", reason=WORDS)


def test_a_person_may_raise_a_concern_but_not_answer_it() -> None:
    town = Town()
    story = Story(library("intervention"), town)
    story.take("propose", "clara", NOV_30, refer_to="CPEG", reason=WORDS)
    assert story.codes("answer", "clara", NOV_30, body="CPEG", category="category_1") == {"GT-STEP-011"}
    story.take("answer", "carl", NOV_30, body="CPEG", category="category_1")


def test_the_chief_executive_may_move_the_matter_without_a_body() -> None:
    story = agreed()
    story.take("move", "carl", date(2026, 12, 1), rung="CABINET", reason=WORDS)
    assert story.now.body == "CABINET"
