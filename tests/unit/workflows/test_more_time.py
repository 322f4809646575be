"""Extensions: asked for before the date, agreed by another person, with the original date kept."""

from __future__ import annotations

from datetime import date

from tests.unit.workflows.town import WORDS, Story, agreed

FEB_1 = date(2027, 2, 1)
MARCH_1 = date(2027, 3, 1)


def asked(by: str = "sue") -> Story:
    story = agreed()
    story.take("ask_extension", by, FEB_1, until="2027-03-31", reason=WORDS)
    return story


def test_asking_does_not_stop_the_clock() -> None:
    story = asked()
    assert story.last_day("report_back") == date(2027, 2, 28)
    assert story.now.open["report_back"].n == 1


def test_agreeing_moves_the_date_counts_it_and_keeps_the_original() -> None:
    story = asked()
    story.take("agree_extension", "clara", FEB_1, body="CPEG", until="2027-03-31", reason=WORDS)
    due = story.now.open["report_back"]
    assert (due.n, due.last_day, due.original) == (2, date(2027, 3, 31), date(2027, 2, 28))
    assert due.rule == "extended to 31 March 2027"
    assert [each.at[:10] for each in due.remind] == ["2027-03-03", "2027-03-24", "2027-03-31"]


def test_a_second_extension_still_shows_the_first_date() -> None:
    story = asked()
    story.take("agree_extension", "clara", FEB_1, body="CPEG", until="2027-03-31", reason=WORDS)
    story.take("ask_extension", "sue", MARCH_1, until="2027-04-30", reason=WORDS)
    story.take("agree_extension", "clara", MARCH_1, body="CPEG", until="2027-04-30", reason=WORDS)
    assert story.now.open["report_back"].original == date(2027, 2, 28)


def test_nobody_agrees_to_what_was_not_asked_for() -> None:
    story = agreed()
    codes = story.codes("agree_extension", "clara", FEB_1, body="CPEG", until="2027-03-31", reason=WORDS)
    assert codes == {"GT-STEP-030"}


def test_one_agreement_answers_one_request() -> None:
    story = asked()
    story.take("agree_extension", "clara", FEB_1, body="CPEG", until="2027-03-31", reason=WORDS)
    codes = story.codes("agree_extension", "clara", FEB_1, body="CPEG", until="2027-05-31", reason=WORDS)
    assert codes == {"GT-STEP-030"}


def test_whoever_asks_does_not_agree_even_as_clerk() -> None:
    story = asked()
    story.town.clerks["CPEG"].add("sue")
    codes = story.codes("agree_extension", "sue", FEB_1, body="CPEG", until="2027-03-31", reason=WORDS)
    assert codes == {"GT-STEP-011"}


def test_more_time_is_asked_for_before_the_date() -> None:
    story = agreed()
    story.tick(MARCH_1)
    assert story.codes("ask_extension", "sue", MARCH_1, until="2027-03-31", reason=WORDS) == {"GT-STEP-030"}


def test_a_request_made_in_time_can_be_agreed_after_the_breach() -> None:
    story = asked()
    story.tick(MARCH_1)
    story.take("agree_extension", "clara", date(2027, 3, 8), body="CPEG", until="2027-03-31", reason=WORDS)
    assert story.now.passed == {}
    assert story.now.proposed_rung is None
    assert story.now.open["report_back"].original == date(2027, 2, 28)


def test_an_extension_leads_to_a_later_day() -> None:
    story = asked()
    codes = story.codes("agree_extension", "clara", FEB_1, body="CPEG", until="2027-02-28", reason=WORDS)
    assert codes == {"GT-STEP-025"}


def test_more_time_is_asked_for_up_to_a_day_ahead() -> None:
    assert agreed().codes("ask_extension", "sue", FEB_1, until="2027-01-31", reason=WORDS) == {"GT-STEP-023"}
