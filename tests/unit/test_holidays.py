"""Bank holidays by nation, and the one-off days laid over them."""

from datetime import date

import pytest

from adapters.holidays import OneOffDay, UkHolidays, read_overlay
from adapters.yaml import YamlDocuments
from events.errors import Invalid

OVERLAY = """
one_off_days:
  - {day: 2031-06-09, name: A royal occasion, source: "Proclamation of 1 May 2031"}
  - {day: 2031-03-17, name: Saint Patrick's Day, nations: [Wales], source: a private Act}
  - {day: 2031-12-26, name: Boxing Day, works: "yes", nations: [Scotland], source: an emergency}
"""


def test_nations_differ():
    known = UkHolidays()
    assert date(2026, 11, 30) in known.days("Scotland", 2026)
    assert date(2026, 11, 30) not in known.days("England", 2026)
    assert date(2026, 7, 13) in known.days("Northern Ireland", 2026)
    assert date(2026, 4, 6) in known.days("Wales", 2026)
    assert date(2026, 4, 6) not in known.days("Scotland", 2026)


def test_one_off_days_of_the_past_are_known():
    assert date(2022, 9, 19) in UkHolidays().days("England", 2022)


def test_an_answer_is_about_one_calendar_year():
    assert {day.year for day in UkHolidays().days("England", 2022)} == {2022}


def test_one_off_days_are_laid_over_the_nations_they_are_for():
    known = UkHolidays(read_overlay(YamlDocuments().read(OVERLAY, "days.yaml")))
    assert known.days("England", 2031)[date(2031, 6, 9)] == "A royal occasion"
    assert date(2031, 3, 17) in known.days("Wales", 2031)
    assert date(2031, 3, 17) not in known.days("England", 2031)
    assert date(2031, 12, 26) not in known.days("Scotland", 2031)
    assert date(2031, 12, 26) in known.days("England", 2031)


def test_an_unknown_nation_is_refused_with_the_nearest():
    with pytest.raises(Invalid, match=r"Did you mean 'England'\?"):
        UkHolidays().days("england", 2026)


def test_a_one_off_day_needs_its_source():
    with pytest.raises(Invalid, match="says day, name and source"):
        read_overlay(YamlDocuments().read("one_off_days: [{day: 2031-06-09, name: x}]", "days.yaml"))


def test_days_can_be_given_directly():
    extra = OneOffDay(day=date(2031, 6, 9), name="x", source="y", nations=("Wales",))
    assert date(2031, 6, 9) not in UkHolidays([extra]).days("England", 2031)
