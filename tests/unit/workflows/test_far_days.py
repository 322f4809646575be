"""A year that is mistyped puts off for decades what somebody owes: it is asked about."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.workflows.town import WORDS, agreed, intervention
from workflows.far_days import years_from

NOV_30, FEB_1 = date(2026, 11, 30), date(2027, 2, 1)


@pytest.mark.parametrize("day", ["2031-12-01", "2051-12-01", "2199-12-31", "2200-01-01"])
def test_nothing_rests_until_a_day_more_than_five_years_ahead(day: str) -> None:
    refusal = intervention().refused("leave_with_service", "clara", NOV_30, body="CPEG", review_on=day)
    assert [(each.code, each.fix) for each in refusal.reasons] == [
        ("GT-STEP-530", "The latest day possible is 30 November 2031. Is the year right?")
    ]


def test_the_latest_day_possible_is_possible() -> None:
    story = intervention()
    story.take("leave_with_service", "clara", NOV_30, body="CPEG", review_on="2031-11-30")
    assert story.now.state == "watched"


def test_nor_is_a_date_moved_so_far() -> None:
    refusal = agreed().refused("ask_extension", "sue", FEB_1, until="2049-06-01", reason=WORDS)
    assert [each.code for each in refusal.reasons] == ["GT-STEP-530"]


def test_a_day_of_another_century_is_told_what_is_wrong_with_it() -> None:
    refusal = intervention().refused(
        "leave_with_service", "clara", NOV_30, body="CPEG", review_on="1909-01-05"
    )
    assert [each.sentence for each in refusal.reasons] == [
        "'review_on' is 5 January 1909, which is too long ago."
    ]


def test_years_from_the_last_of_february() -> None:
    assert years_from(date(2028, 2, 29), 3) == date(2031, 2, 28)
    assert years_from(date(2028, 2, 29), -4) == date(2024, 2, 29)
