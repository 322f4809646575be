"""A meeting or a mute in another decade is a year mistyped; so is a consultation a century ago."""

from __future__ import annotations

from datetime import date

import pytest

from engine.commands import AddMeeting, MuteTrigger
from engine.queries.register import meetings
from events.errors import Refused

from .hampshire_county import FORM, County


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.problems]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2049, 1, 4), "more than 3 years from today"),
        (date(2029, 12, 1), "more than 3 years from today"),
        (date(1909, 1, 1), "was more than a year ago"),
        (date(2025, 11, 29), "was more than a year ago"),
    ],
)
def test_a_meeting_is_entered_up_to_three_years_ahead_and_one_back(
    county: County, day: date, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        county.council.ask(AddMeeting(body="CPEG", on=day), "p1")


def test_the_first_and_the_last_day_possible_are_possible(county: County) -> None:
    days = (date(2025, 11, 30), date(2029, 11, 30))
    for day in days:
        county.council.ask(AddMeeting(body="CPEG", on=day), "p1")
    assert {line.on for line in meetings(county.council.engine, body="CPEG")} >= set(days)


def test_a_trigger_is_muted_for_two_years_at_most(county: County) -> None:
    why = county.council.text("Counted anew")
    trigger = county.council.pack.rules.triggers[0].id
    long = MuteTrigger(
        trigger=trigger, indicator="CH04", service="childrens", until=date(2051, 12, 31), reason=why.ref
    )
    with pytest.raises(Refused) as refused:
        county.council.ask(long, "p1", texts=(why,))
    assert codes(refused) == ["GT-TRIGGER-530"]


def test_a_consultation_a_century_ago_is_told_that_it_is_too_long_ago(county: County) -> None:
    place = ("", "childrens", "")
    county.about("improvement", "self_assessment", place, "propose", period="2026-Q2")
    county.about("officer", "self_assessment", place, "write", **FORM)
    with pytest.raises(Refused, match="'consulted_on' is 5 January 1909, which is too long ago") as refused:
        county.about(
            "officer", "self_assessment", place, "submit", consulted="the Member", consulted_on="1909-01-05"
        )
    assert codes(refused) == ["GT-STEP-531"]
