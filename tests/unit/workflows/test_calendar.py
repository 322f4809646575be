"""Durations, working days, the ends of months, and the nights on which the clocks change."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.errors import Invalid
from events.instant import Instant
from tests.unit.workflows.town import bank_holidays, calendar
from workflows.calendar import Calendar, Duration, in_words, parse_duration

HOUSE = calendar()
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
MONTHS = st.integers(1, 120).map(lambda amount: Duration(amount, "months"))
WORKING = st.integers(1, 300).map(lambda amount: Duration(amount, "working days"))


@pytest.mark.parametrize(
    "text", ["6 months", "1 month", "10 days", "1 day", "10 working days", "1 working day"]
)
def test_one_spelling_is_read_and_written_alike(text: str) -> None:
    assert str(parse_duration(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0 days",
        "6",
        "six months",
        "6 Months",
        "1000 days",
        "2 weeks",
        "-1 days",
        "6  months",
        "1 months2",
        "٣ months",
    ],
)
def test_any_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_duration(text)
    assert refused.value.problems[0].code == "GT-DATE-001"


@pytest.mark.parametrize(
    ("start", "duration", "last_day"),
    [
        (date(2026, 11, 30), "3 months", date(2027, 2, 28)),
        (date(2027, 11, 30), "3 months", date(2028, 2, 29)),
        (date(2026, 8, 31), "6 months", date(2027, 2, 28)),
        (date(2026, 9, 30), "4 months", date(2027, 1, 30)),
        (date(2009, 1, 31), "1 month", date(2009, 2, 28)),
        (date(2009, 8, 31), "6 months", date(2010, 2, 28)),
        (date(2008, 12, 15), "3 months", date(2009, 3, 15)),
        (date(2028, 2, 29), "12 months", date(2029, 2, 28)),
        (date(2026, 7, 1), "10 days", date(2026, 7, 11)),
        (date(2026, 7, 1), "10 working days", date(2026, 7, 15)),
        (date(2026, 12, 24), "1 working day", date(2026, 12, 29)),
        (date(2027, 3, 25), "1 working day", date(2027, 3, 30)),
    ],
)
def test_the_last_permitted_day(start: date, duration: str, last_day: date) -> None:
    assert HOUSE.add(start, parse_duration(duration)) == last_day


def test_a_chain_of_months_is_never_what_one_addition_is() -> None:
    month = parse_duration("1 month")
    chained = HOUSE.add(HOUSE.add(date(2026, 12, 31), month), month)
    assert HOUSE.add(chained, month) == date(2027, 3, 28)
    assert HOUSE.add(date(2026, 12, 31), parse_duration("3 months")) == date(2027, 3, 31)


def test_rolling_passes_over_easter_in_both_directions() -> None:
    easter_sunday = date(2027, 3, 28)
    assert HOUSE.roll(easter_sunday, "none") == easter_sunday
    assert HOUSE.roll(easter_sunday, "next working day") == date(2027, 3, 30)
    assert HOUSE.roll(easter_sunday, "previous working day") == date(2027, 3, 25)
    assert HOUSE.roll(date(2027, 3, 30), "next working day") == date(2027, 3, 30)


@pytest.mark.parametrize(
    ("last_day", "due_at"),
    [
        (date(2027, 2, 28), "2027-03-01T00:00:00.000000Z"),
        (date(2027, 3, 27), "2027-03-28T00:00:00.000000Z"),  # the clocks go forward an hour later
        (date(2027, 3, 28), "2027-03-28T23:00:00.000000Z"),
        (date(2026, 10, 24), "2026-10-24T23:00:00.000000Z"),  # and back two hours later
        (date(2026, 10, 25), "2026-10-26T00:00:00.000000Z"),
        (date(2026, 7, 11), "2026-07-11T23:00:00.000000Z"),
    ],
)
def test_a_deadline_falls_due_at_local_midnight_summer_and_winter(last_day: date, due_at: str) -> None:
    assert HOUSE.due_at(last_day) == due_at


def test_a_day_may_end_at_office_close() -> None:
    house = calendar(day_ends="17:00")
    assert house.due_at(date(2027, 2, 26)) == "2027-02-26T17:00:00.000000Z"
    assert house.due_at(date(2027, 7, 2)) == "2027-07-02T16:00:00.000000Z"
    assert house.id == "Europe/London; bank holidays of England; days end at 17:00"


def test_the_last_second_of_the_last_day_is_in_time_and_local() -> None:
    assert HOUSE.local_date(Instant("2027-07-11T22:59:59.999999Z")) == date(2027, 7, 11)
    assert HOUSE.local_date(Instant("2027-07-11T23:00:00.000000Z")) == date(2027, 7, 12)


def test_words_are_what_a_committee_paper_would_say() -> None:
    assert HOUSE.words(parse_duration("3 months"), date(2026, 11, 30)) == "3 months from 30 November 2026"
    rolled = HOUSE.words(parse_duration("1 month"), date(2027, 2, 28), "next working day")
    assert rolled == "1 month from 28 February 2027, else the next working day"
    assert in_words(date(2026, 4, 1)) == "1 April 2026"


@given(DAYS, DAYS, MONTHS)
def test_adding_months_never_turns_two_days_around(a: date, b: date, duration: Duration) -> None:
    early, late = sorted((a, b))
    assert HOUSE.add(early, duration) <= HOUSE.add(late, duration)


@given(DAYS, MONTHS)
def test_adding_months_lands_in_the_right_month_on_the_same_day_or_its_last(
    start: date, duration: Duration
) -> None:
    end = HOUSE.add(start, duration)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == duration.amount
    assert end.day == start.day or (end + timedelta(days=1)).day == 1


@given(st.dates(date(2026, 10, 1), date(2027, 9, 1)), st.integers(1, 60))
def test_working_days_are_what_counting_them_one_by_one_gives(start: date, amount: int) -> None:
    end, counted = start, 0
    while counted < amount:
        end += timedelta(days=1)
        counted += HOUSE.is_working_day(end)
    assert HOUSE.add(start, Duration(amount, "working days")) == end
    assert HOUSE.working_days_between(start, end) == amount


@given(st.dates(date(2026, 10, 1), date(2027, 9, 1)), st.integers(1, 60))
def test_counting_back_is_what_walking_back_gives(day: date, amount: int) -> None:
    start, counted = day, 0
    while counted < amount:
        start -= timedelta(days=1)
        counted += HOUSE.is_working_day(start)
    assert HOUSE.before(day, Duration(amount, "working days")) == start


@given(DAYS, WORKING)
def test_a_working_day_deadline_ends_on_a_working_day(start: date, duration: Duration) -> None:
    assert HOUSE.is_working_day(HOUSE.add(start, duration))


@given(DAYS, DAYS, DAYS)
def test_working_days_add_up(a: date, b: date, c: date) -> None:
    first, middle, last = sorted((a, b, c))
    between = HOUSE.working_days_between
    assert between(first, middle) + between(middle, last) == between(first, last)
    assert between(last, first) == 0


@given(DAYS)
def test_every_instant_before_it_is_due_is_on_a_permitted_day(last_day: date) -> None:
    due = HOUSE.due_at(last_day)
    assert HOUSE.local_date(due) == last_day + timedelta(days=1)


def test_counting_working_days_asks_for_each_year_once_however_often_it_counts() -> None:
    asked: list[int] = []

    def days(year: int) -> dict[date, str]:
        asked.append(year)
        return dict(bank_holidays(year))

    house = Calendar(time_zone="Europe/London", nation="England", holidays=days)
    for _ in range(100):
        house.working_days_between(date(2025, 1, 1), date(2027, 12, 31))
    assert asked == [2025, 2026, 2027]
