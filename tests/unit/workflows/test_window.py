"""When data is asked for, and until when it is in time."""

from __future__ import annotations

from datetime import date

import pytest

from events.instant import Instant
from events.period import parse_period
from tests.unit.workflows.town import calendar, house, submission, tree
from workflows.duration import parse_duration
from workflows.organisation import CalendarSettings, compile_organisation
from workflows.window import SubmissionWindow, asked_on, known_from, submission_window, window_reminders

HOUSE = house().calendar


def window(period: str) -> SubmissionWindow:
    found = submission().window
    assert found is not None
    return submission_window(found, parse_period(period), HOUSE, calendar())


def settings(text: str) -> CalendarSettings:
    organisation, problems = compile_organisation(tree(text))
    assert organisation is not None, problems
    return organisation.calendar


def test_a_quarter_is_asked_for_on_the_request_day_after_it_and_has_ten_working_days() -> None:
    found = window("2026-Q1")
    assert (found.opens_on, found.last_day) == (date(2026, 7, 1), date(2026, 7, 15))
    assert found.due_at == "2026-07-15T23:00:00.000000Z"
    assert found.rule == "10 working days from 1 July 2026"


def test_the_last_quarter_is_asked_for_in_the_next_year() -> None:
    assert window("2026-Q4").opens_on == date(2027, 4, 1)
    assert window("2026").opens_on == date(2027, 4, 1)


@pytest.mark.parametrize(
    ("period", "opens_on"),
    [("2026-05", date(2026, 7, 1)), ("2026-06", date(2026, 7, 1)), ("2026-12", date(2027, 1, 1))],
)
def test_a_month_waits_for_the_council_s_next_request_day(period: str, opens_on: date) -> None:
    assert asked_on(parse_period(period), HOUSE) == opens_on


def test_a_kind_of_period_without_request_days_is_asked_for_the_day_after() -> None:
    monthly = settings("calendar: {data_requests: {quarter: [15 April, 15 July]}}")
    assert asked_on(parse_period("2026-05"), monthly) == date(2026, 6, 1)
    assert asked_on(parse_period("2026-Q1"), monthly) == date(2026, 7, 15)


def test_years_may_start_on_another_day() -> None:
    calendar_year = settings("calendar: {year_starts: 1 January}")
    assert asked_on(parse_period("2026-Q4"), calendar_year) == date(2027, 1, 1)


def test_reminders_go_before_and_after_the_last_day() -> None:
    found, definition = window("2026-Q1"), submission()
    assert definition.window is not None
    remind = window_reminders(definition.window, found, calendar(), Instant("2026-07-01T00:00:00.000000Z"))
    assert [(each.words, each.at, each.to) for each in remind] == [
        ("5 days before", "2026-07-09T23:00:00.000000Z", ("data_enterer",)),
        ("1 day before", "2026-07-13T23:00:00.000000Z", ("data_enterer", "data_manager")),
        ("1 day after", "2026-07-15T23:00:00.000000Z", ("data_manager",)),
    ]


def test_reminders_before_are_not_sent_after() -> None:
    definition = submission()
    assert definition.window is not None
    remind = window_reminders(
        definition.window, window("2026-Q1"), calendar(), Instant("2026-07-15T12:00:00.000000Z")
    )
    assert [each.words for each in remind] == ["1 day after"]


@pytest.mark.parametrize(
    ("lag", "known", "opens_on", "last_day"),
    [
        ("2 months", date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 15)),
        ("45 days", date(2026, 8, 15), date(2026, 10, 1), date(2026, 10, 15)),
        ("9 months", date(2027, 4, 1), date(2027, 4, 1), date(2027, 4, 15)),
    ],
)
def test_a_reporting_lag_moves_the_window_to_the_first_request_day_on_which_the_figure_can_be_known(
    lag: str, known: date, opens_on: date, last_day: date
) -> None:
    found, quarter = submission().window, parse_period("2026-Q1")
    assert found is not None
    later = parse_duration(lag)
    assert known_from(quarter, (4, 1), later) == known
    moved = submission_window(found, quarter, HOUSE, calendar(), later)
    assert (moved.opens_on, moved.last_day) == (opens_on, last_day)
    assert submission_window(found, quarter, HOUSE, calendar()).opens_on == date(2026, 7, 1), "others as ever"
