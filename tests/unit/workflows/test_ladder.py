"""Missed dates: what they propose, how a ladder climbs by itself, and why it never drifts or leaps."""

from __future__ import annotations

from datetime import date

from tests.unit.workflows.town import HOUSE, WORDS, Town, agreed, house, intervention, same
from workflows.passing import pass_deadline

MARCH_1 = date(2027, 3, 1)


def test_a_missed_report_back_proposes_the_next_rung_to_the_body_that_waits() -> None:
    story = agreed("category_2", date(2008, 12, 15))
    (passed,) = story.tick(date(2009, 3, 16))
    assert (passed.name, passed.proposes, passed.to) == ("report_back", "CMT", "CPEG")
    assert passed.last_day == date(2009, 3, 15)
    assert passed.words == "Report back to CPEG: nothing by 15 March 2009. CMT is proposed; CPEG decides."
    assert story.now.body == "CPEG"
    assert story.now.proposed_rung == "CMT"


def test_nothing_passes_before_its_time() -> None:
    assert agreed("category_2", date(2008, 12, 15)).tick(date(2009, 3, 15)) == []


def test_ticking_twice_is_ticking_once() -> None:
    story = agreed()
    story.tick(MARCH_1)
    once = story.now
    assert story.tick(MARCH_1) == []
    assert same(once, story.now)


def test_a_setting_that_no_longer_runs_cannot_pass() -> None:
    story = agreed()
    assert pass_deadline(story.definition, story.now, "report_back", 2, MARCH_1, story.town) is None
    assert pass_deadline(story.definition, story.now, "answer", 1, MARCH_1, story.town) is None


def test_a_ladder_that_climbs_by_itself_gives_each_rung_a_month_from_the_day_that_was_missed() -> None:
    """28 March 2027 is Easter Sunday and the 29th a bank holiday: CMT has until the 30th, the next until 30 April."""
    story = agreed("category_2", date(2026, 11, 30), mode="automatic")
    story.tick(MARCH_1)
    assert (story.now.body, story.last_day("rung_response")) == ("CMT", date(2027, 3, 30))
    assert story.now.fields["reason"] == "no answer by 28 February 2027"
    story.tick(date(2027, 3, 31))
    assert (story.now.body, story.last_day("rung_response")) == ("EXECUTIVE_MEMBER", date(2027, 4, 30))
    assert story.now.proposed_rung is None


def test_one_working_day_late_still_counts_from_the_day_that_was_missed() -> None:
    story = agreed(mode="automatic")
    (passed,) = story.tick(date(2027, 3, 2))
    assert passed.working_days_late == 1
    assert story.last_day("rung_response") == date(2027, 3, 30)


def test_after_an_outage_the_next_rung_counts_from_the_day_it_fired_and_the_ladder_does_not_leap() -> None:
    story = agreed(mode="automatic")
    (passed,) = story.tick(date(2027, 6, 14))
    assert passed.working_days_late > 60
    assert (story.now.body, story.last_day("rung_response")) == ("CMT", date(2027, 7, 14))


def test_the_top_of_the_ladder_is_recorded_once_and_stays_on_its_agenda() -> None:
    story = agreed(mode="automatic")
    for day in (MARCH_1, date(2027, 3, 31), date(2027, 5, 1)):
        story.tick(day)
    assert (story.now.body, story.last_day("rung_response")) == ("CABINET", date(2027, 6, 1))
    (passed,) = story.tick(date(2027, 6, 2))
    assert (passed.proposes, passed.to) == (None, "CABINET")
    assert passed.words.endswith("CABINET is the top of the ladder: it stays on its agenda.")
    assert story.tick(date(2027, 7, 2)) == []
    assert story.now.passed["rung_response"] == date(2027, 6, 1)


def test_the_system_moves_nothing_where_people_decide() -> None:
    refusal = agreed().refused("move", "system", date(2026, 12, 1), rung="CMT", reason="no answer")
    assert [each.sentence for each in refusal.reasons] == ["The ladder proposes, and a person decides."]


def test_the_next_rung_can_answer_again_and_the_first_date_stays_visible() -> None:
    story = agreed("category_2", date(2026, 11, 30))
    story.tick(MARCH_1)
    story.take("move", "clara", date(2027, 3, 8), body="CPEG", rung="CMT", reason=WORDS)
    assert story.last_day("rung_response") == date(2027, 4, 8)
    assert story.now.proposed_rung is None
    story.take("answer", "clara", date(2027, 3, 22), body="CMT", category="category_4")
    due = story.now.open["report_back"]
    assert (due.last_day, due.original) == (date(2027, 4, 22), date(2027, 2, 28))
    assert set(story.now.open) == {"report_back"}
    assert story.now.passed == {}


def test_the_body_that_had_the_matter_no_longer_decides_on_it() -> None:
    story = agreed()
    story.take("move", "carl", date(2027, 1, 4), rung="CMT", reason=WORDS)
    assert story.codes("answer", "clara", date(2027, 1, 5), body="CPEG", category="category_4") == {
        "GT-STEP-008"
    }


def test_a_rung_that_does_not_answer_is_passed_over_by_proposal() -> None:
    story = agreed()
    story.take("move", "carl", date(2027, 1, 4), rung="CMT", reason=WORDS)
    (passed,) = story.tick(date(2027, 2, 5))
    assert (passed.name, passed.proposes, passed.to) == ("rung_response", "EXECUTIVE_MEMBER", "CMT")


def test_moving_before_any_answer_replaces_the_first_body_s_deadline() -> None:
    story = intervention()
    story.take("move", "carl", date(2026, 11, 20), rung="CMT", reason=WORDS)
    assert set(story.now.open) == {"rung_response"}


def test_a_body_beside_the_ladder_has_nothing_above_it() -> None:
    text = "rungs: [CPEG, CMT, EXECUTIVE_MEMBER, CABINET]"
    story = intervention(Town(house(HOUSE.replace(text, "rungs: [CMT, CABINET]"))))
    (passed,) = story.tick(date(2026, 12, 17))
    assert (passed.proposes, passed.to) == (None, "CPEG")
    assert passed.words.endswith("It stays on the agenda.")


def test_a_late_report_is_marked_and_ends_what_was_proposed() -> None:
    story = agreed()
    story.tick(MARCH_1)
    decision = story.take("report", "sue", date(2027, 3, 3), report=WORDS)
    assert decision.move.late_days == 3
    assert decision.move.clears == ("report_back",)
    assert story.now.proposed_rung is None
    assert story.now.passed == {}


def test_a_report_in_time_bears_no_mark() -> None:
    assert agreed().take("report", "sue", date(2027, 2, 28), report=WORDS).move.late_days is None


def test_category_dates_of_the_source() -> None:
    assert agreed("category_4", date(2009, 1, 31)).last_day("report_back") == date(2009, 2, 28)
    assert agreed("category_1", date(2009, 8, 31)).last_day("report_back") == date(2010, 2, 28)
