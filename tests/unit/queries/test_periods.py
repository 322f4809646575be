"""Periods as councils write them are the period meant, or are refused with what they may be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.importing.periods import NOT_ONE, as_period, spelled
from engine.importing.reading import Unread
from events.period import MONTHS_IN, Period

APRIL = (4, 1)


def read(text: str, kind: str = "quarter") -> str:
    found = as_period(spelled(text), text, kind, APRIL)
    return f"{found.code} {found.sentence} {found.fix}" if isinstance(found, Unread) else str(found)


@pytest.mark.parametrize(
    "text",
    [
        "2026-Q1", "2026 Q1", "2026Q1", "2026-q1", "Q1 2026/27", "q1 26/27", "2026/27 Q1", "2026-27 Q1", "Qtr 1 2026-27",
        "Quarter 1 (2026/27)", "Q1 2026/2027", "Q1 FY2026/27", "Apr-Jun 2026", "April to June 2026", "Apr 26 - Jun 26",
        "30/06/2026", "30/6/26", "30.06.2026", "2026-06-30", "30 June 2026", "30th June 2026", "30-Jun-26",
        "quarter ending 30 June 2026", "as at 30/06/2026", "30/06/2026 00:00", "2026-06-30 00:00:00",
    ],
)  # fmt: skip
def test_the_first_quarter_in_many_spellings(text: str) -> None:
    assert read(text) == "2026-Q1"


@pytest.mark.parametrize(
    "text",
    [
        "2026-04",
        "Apr-26",
        "Apr 26",
        "April 2026",
        "apr 2026",
        "2026 April",
        "04/2026",
        "4/2026",
        "30/04/2026",
        "2026/04",
    ],
)
def test_a_month_in_many_spellings(text: str) -> None:
    assert read(text, "month") == "2026-04"


@pytest.mark.parametrize(
    "text", ["2026", "2026/27", "2026-27", "2026/2027", "FY 2026/27", "31/03/2027", "Apr 2026 - Mar 2027"]
)
def test_a_year_in_many_spellings(text: str) -> None:
    assert read(text, "year") == "2026"


@pytest.mark.parametrize(
    "text", ["2026-H2", "H2 2026/27", "Half 2 2026/27", "31/03/2027", "Oct 2026 to Mar 2027"]
)
def test_a_half_year_in_many_spellings(text: str) -> None:
    assert read(text, "half") == "2026-H2"


@pytest.mark.parametrize(
    ("text", "kind", "code", "says"),
    [
        ("Q1 2026", "quarter", "GT-IMPORT-041", "Q1 of 2026/27, of 2025/26 or of the calendar year"),
        ("FY26", "year", "GT-IMPORT-041", "2026/27 or 2025/26"),
        ("26-Apr", "month", "GT-IMPORT-042", "Did you mean 2026-04?"),
        ("06/30/2026", "quarter", "GT-IMPORT-043", "Did you mean 30/06/2026?"),
        ("31/02/2026", "month", "GT-IMPORT-043", "no date"),
        ("01/04/2026", "month", "GT-IMPORT-044", "first day of 2026-04"),
        ("15/05/2026", "quarter", "GT-IMPORT-044", "a day of 2026-Q1"),
        ("Q1", "quarter", "GT-IMPORT-040", "of which year"),
        ("June", "month", "GT-IMPORT-020", "not a period"),
        ("01/02", "year", "GT-IMPORT-020", "not a period"),
        ("2026/28", "year", "GT-IMPORT-020", "not a period"),
        ("Q5 2026/27", "quarter", "GT-IMPORT-020", "not a period"),
        ("0012-04", "month", "GT-IMPORT-020", "not a period"),
        ("9999", "year", "GT-IMPORT-020", "not a period"),
    ],
)
def test_what_may_be_two_periods_or_none_is_refused(text: str, kind: str, code: str, says: str) -> None:
    assert read(text, kind).startswith(code)
    assert says in read(text, kind)


def test_a_year_given_once_completes_a_quarter_without_one() -> None:
    assert spelled("Q3", 2026).period == Period("quarter", 2026, 3)


@pytest.mark.parametrize(
    "text", ["value", "Target", "May", "Outturn", "q1 target", "12", "", "H3 2026/27", "numerator"]
)
def test_other_headings_are_no_periods(text: str) -> None:
    assert spelled(text) is NOT_ONE


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.sampled_from(sorted(MONTHS_IN)))
def test_the_last_day_of_a_period_is_that_period_in_every_way_to_write_a_day(day: date, kind: str) -> None:
    period = Period(kind, day.year, day.month if kind == "month" else 1)
    last = period.last_day(APRIL)
    for text in (f"{last:%d/%m/%Y}", last.isoformat(), f"{last:%d %B %Y}"):
        assert read(text, kind) == str(period)
    assert read(f"{last - timedelta(days=1):%d/%m/%Y}", kind).startswith("GT-IMPORT-044")


@given(st.integers(1950, 2150), st.integers(1, 4))
def test_a_quarter_of_a_financial_year_is_that_quarter(year: int, number: int) -> None:
    assert read(f"Q{number} {year}/{(year + 1) % 100:02d}") == f"{year}-Q{number}"


@given(st.text(max_size=40), st.sampled_from(sorted(MONTHS_IN)))
def test_no_text_at_all_crashes_the_reader(text: str, kind: str) -> None:
    assert isinstance(as_period(spelled(text), text, kind, APRIL), Period | Unread)
