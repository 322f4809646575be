"""A figure entered by one person and confirmed by another, and everything that can come between."""

from __future__ import annotations

from datetime import date

from events.instant import Instant
from tests.unit.workflows.town import WORDS, Story, Town, submission
from workflows.decide import Decision

JULY_2 = date(2026, 7, 2)


def quarter(town: Town | None = None) -> Story:
    """The figure of April to June 2026, asked for on 1 July."""
    return Story(submission(), town, subject="2026-Q1")


def entered(by: str = "ann") -> Story:
    story = quarter()
    story.take("enter", by, JULY_2, figure="given")
    return story


def test_every_period_waits_for_its_figure_without_being_begun() -> None:
    story = entered()
    assert story.now.state == "entered"
    assert story.now.definition == story.definition.digest


def test_another_person_confirms() -> None:
    story = entered()
    decision = story.take("confirm", "max", JULY_2)
    assert (decision.effect, decision.move.late_days) == ("figure_confirmed", None)
    assert story.now.state == "confirmed"


def test_nobody_confirms_their_own_figure() -> None:
    assert entered("max").codes("confirm", "max", JULY_2) == {"GT-STEP-011"}


def test_entering_again_corrects_and_bars_both_until_it_is_sent_back() -> None:
    story = entered("ann")
    story.take("enter", "max", JULY_2, figure="given")
    assert story.codes("confirm", "max", JULY_2) == {"GT-STEP-011"}
    story.take("query", "mary", JULY_2, reason=WORDS)
    story.take("enter", "ann", JULY_2, figure="given")
    story.take("confirm", "max", JULY_2)


def test_a_delegate_is_barred_by_what_the_delegator_did() -> None:
    story = entered("max")
    story.town.delegations.add(("mary", "max"))
    assert story.codes("confirm", "mary", JULY_2, acting_for="max") == {"GT-STEP-011"}
    story.take("confirm", "mary", JULY_2)


def test_a_delegator_is_barred_by_what_the_delegate_did_for_them() -> None:
    story = quarter()
    story.town.delegations.add(("ann", "max"))
    story.take("enter", "ann", JULY_2, acting_for="max", figure="given")
    assert story.codes("confirm", "max", JULY_2) == {"GT-STEP-011"}


def test_nobody_acts_for_another_without_a_delegation() -> None:
    assert entered().codes("confirm", "ann", JULY_2, acting_for="mary") == {"GT-STEP-010", "GT-STEP-011"}


def test_a_restatement_keeps_the_state_and_needs_another_person() -> None:
    story = entered()
    story.take("confirm", "max", JULY_2)
    story.take("restate", "max", JULY_2, figure="given", reason=WORDS)
    assert story.now.state == "confirmed"
    assert story.codes("approve_restatement", "max", JULY_2) == {"GT-STEP-011"}
    story.take("approve_restatement", "mary", JULY_2)
    assert story.codes("approve_restatement", "mary", JULY_2) == {"GT-STEP-030"}


def test_a_new_revision_starts_anew() -> None:
    story = entered()
    story.take("confirm", "max", JULY_2)
    story.take("restate", "max", JULY_2, figure="given", reason=WORDS)
    story.take("approve_restatement", "mary", JULY_2)
    story.take("restate", "mary", JULY_2, figure="given", reason=WORDS)
    assert story.codes("approve_restatement", "mary", JULY_2) == {"GT-STEP-011"}
    assert story.take("approve_restatement", "max", JULY_2).move.step == "approve_restatement"
    assert story.codes("approve_restatement", "mary", JULY_2) == {"GT-STEP-030"}, "nothing waits any more"


def test_either_may_comment_at_any_step() -> None:
    story = quarter()
    story.take("comment", "max", JULY_2, comment=WORDS)
    story.take("enter", "ann", JULY_2, figure="given")
    story.take("comment", "ann", JULY_2, comment=WORDS)
    story.take("confirm", "max", JULY_2)
    story.take("comment", "sue", JULY_2, comment=WORDS)
    assert story.now.state == "confirmed"


def test_no_figure_can_be_replaced_by_one_that_two_people_agree_on() -> None:
    story = quarter()
    story.take("declare_none", "max", JULY_2, reason=WORDS)
    story.take("restate", "ann", JULY_2, figure="given", reason=WORDS)
    story.take("approve_restatement", "max", JULY_2)
    assert story.now.state == "confirmed"


def test_a_figure_that_follows_no_figure_is_late_as_a_first_one_is_and_its_restatement_is_not() -> None:
    story = quarter()
    story.take("declare_none", "max", JULY_2, reason=WORDS)
    given = story.take("restate", "ann", date(2026, 7, 20), figure="given", reason=WORDS)
    approved = story.take("approve_restatement", "max", date(2026, 7, 21))
    assert (given.move.late_days, approved.move.late_days) == (3, 4)
    story.take("restate", "ann", date(2026, 7, 22), figure="given", reason=WORDS)
    assert story.take("approve_restatement", "max", date(2026, 7, 23)).move.late_days is None


def test_a_figure_that_follows_no_figure_inside_the_window_is_in_time() -> None:
    story = quarter()
    story.take("declare_none", "max", JULY_2, reason=WORDS)
    story.take("restate", "ann", JULY_2, figure="given", reason=WORDS)
    assert story.take("approve_restatement", "max", JULY_2).move.late_days is None


def test_late_is_a_mark_counted_in_working_days_and_the_figure_counts_all_the_same() -> None:
    story = entered()
    decision = story.take("confirm", "max", date(2026, 7, 20))
    assert decision.move.late_days == 3
    assert story.now.state == "confirmed"


def test_lateness_goes_by_the_day_it_was_received() -> None:
    story = entered()
    decision = story.take("confirm", "max", JULY_2, received=date(2026, 7, 16))
    assert decision.move.late_days == 1


def test_the_last_instant_of_the_last_day_is_in_time_and_the_next_is_not() -> None:
    story = entered()
    in_time = story.ask("confirm", "max", JULY_2, received=Instant("2026-07-15T22:59:59.999999Z"))
    too_late = story.ask("confirm", "max", JULY_2, received=Instant("2026-07-15T23:00:00.000000Z"))
    assert isinstance(in_time, Decision)
    assert isinstance(too_late, Decision)
    assert (in_time.move.late_days, too_late.move.late_days) == (None, 1)


def test_a_weekend_after_the_window_is_late_by_no_working_day() -> None:
    story = Story(submission(), subject="2026-Q3")
    decision = story.take("enter", "ann", date(2027, 1, 16), figure="given")
    assert decision.move.late_days == 0


def test_comments_and_restatements_are_never_late() -> None:
    story = entered()
    story.take("confirm", "max", JULY_2)
    assert story.take("comment", "max", date(2026, 9, 1), comment=WORDS).move.late_days is None
    late = story.take("restate", "ann", date(2026, 9, 1), figure="given", reason=WORDS)
    assert late.move.late_days is None


def restated(*by: str) -> Story:
    """Confirmed by Max, and restated by some, one after another."""
    story = entered()
    story.take("confirm", "max", JULY_2)
    for who in by:
        story.take("restate", who, JULY_2, figure="given", reason=WORDS)
    return story


def test_two_who_each_put_a_restatement_forward_bar_each_other_and_are_told_the_way_out() -> None:
    story = restated("max", "mary")
    for who in ("max", "mary"):
        assert story.codes("decline_restatement", who, JULY_2, reason=WORDS) == {"GT-STEP-011"}
        (refused,) = story.refused("approve_restatement", who, JULY_2).reasons
        assert refused.fix == (
            "Nobody can at present: assign the role to somebody, or let max or mary begin a new round with "
            "'withdraw_restatement'."
        )


def test_whoever_put_one_forward_in_the_round_takes_it_back_and_then_nobody_is_barred_by_it() -> None:
    story = restated("max", "mary")
    decision = story.take("withdraw_restatement", "max", JULY_2, reason=WORDS)
    assert (decision.effect, decision.move.target) == ("restatement_withdrawn", "confirmed")
    assert story.codes("approve_restatement", "mary", JULY_2) == {"GT-STEP-030"}, "nothing waits any more"
    story.take("restate", "mary", JULY_2, figure="given", reason=WORDS)
    story.take("approve_restatement", "max", JULY_2)


def test_another_person_declines_it_and_then_nobody_is_barred_by_it() -> None:
    story = restated("max")
    assert story.codes("decline_restatement", "max", JULY_2, reason=WORDS) == {"GT-STEP-011"}
    assert story.take("decline_restatement", "mary", JULY_2, reason=WORDS).effect == "restatement_declined"
    story.take("restate", "mary", JULY_2, figure="given", reason=WORDS)
    story.take("approve_restatement", "max", JULY_2)


def test_only_whoever_put_it_forward_takes_it_back() -> None:
    story = restated("ann")
    assert story.codes("withdraw_restatement", "max", JULY_2, reason=WORDS) == {"GT-STEP-491"}
    story.take("withdraw_restatement", "ann", JULY_2, reason=WORDS)


def test_taking_back_and_declining_need_a_reason_and_something_that_waits() -> None:
    story = restated("ann")
    assert story.codes("withdraw_restatement", "ann", JULY_2) == {"GT-STEP-012"}
    assert story.codes("decline_restatement", "max", JULY_2) == {"GT-STEP-012"}
    story.take("approve_restatement", "max", JULY_2)
    assert "GT-STEP-030" in story.codes("withdraw_restatement", "ann", JULY_2, reason=WORDS)
    assert "GT-STEP-030" in story.codes("decline_restatement", "max", JULY_2, reason=WORDS)


def test_the_first_figure_after_none_may_be_taken_back_too_and_there_is_none_still() -> None:
    story = quarter()
    story.take("declare_none", "max", JULY_2, reason=WORDS)
    story.take("restate", "ann", JULY_2, figure="given", reason=WORDS)
    story.take("withdraw_restatement", "ann", JULY_2, reason=WORDS)
    assert story.now.state == "no_figure"
