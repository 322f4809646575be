"""How late something is: one day of reckoning, the last permitted one, wherever it is read."""

from __future__ import annotations

import pytest

from .conftest import Council
from .test_kent import DECISION, declared, kent

__all__ = ["kent"]

WEDNESDAY, NEXT_MORNING, WEEKEND, TUESDAY = (
    "2011-10-12T09:00:00+01:00",
    "2011-10-27T09:00:00+01:00",
    "2011-10-29T09:00:00+01:00",
    "2011-11-01T09:00:00+00:00",
)
DECIDE = (
    "matter",
    "take",
    "decide",
    DECISION,
    "--decision",
    "Two more",
    "--review-on",
    "2011-12-01",
    "--as",
    "p5",
)


@pytest.fixture
def owed(kent: Council) -> Council:
    """A decision is owed by Wednesday, 26 October 2011."""
    kent.at = WEDNESDAY
    assert "by Wed 26 Oct 2011" in declared(kent, "2011-Q2", "61", "red")
    return kent


def test_a_deadline_and_the_step_that_comes_after_it_count_from_the_same_day(owed: Council) -> None:
    """The 26th is a Wednesday; Thursday, Friday, Monday and Tuesday are four working days of six."""
    owed.at = TUESDAY
    ticked = owed.run("tick").out
    assert "Wed 26 Oct 2011, has gone by." in ticked
    assert "(Noticed 6 days after, 4 of them working days.)" in ticked
    shown = owed.run("matter", "show", DECISION).out
    assert "passed, noticed 6 days after, 4 of them working days" in shown
    (task,) = (each for each in owed.run("task", "list", "--json").json["rows"] if each["ref"] == DECISION)
    assert (task["due"], task["late_days"]) == ("2011-10-26", 4)
    found = owed.run("log", "search", "--type", "deadline.passed", "--json").json["rows"]
    assert ["(noticed 6 days later)" in each["sentence"] for each in found] == [True]
    rehearsed, decided = owed.run(*DECIDE, "--dry-run").out, owed.run(*DECIDE).out
    assert "Decide: decision CS1/scs#1 (4 working days late)." in decided
    assert "Decide: decision CS1/scs#1 (4 working days late)." in rehearsed
    assert "4 working days late" in owed.run("explain", DECISION).out
    assert ", 4 working days late, event" in owed.run("matter", "show", DECISION).out
    assert "CS1/scs#1, 4 working days late" in owed.run("log", "tail", "--last", "3", "--output", "csv").out


def test_what_was_noticed_on_the_very_next_day_was_noticed_in_time(owed: Council) -> None:
    owed.at = NEXT_MORNING
    ticked = owed.run("tick").out
    assert "Wed 26 Oct 2011, has gone by." in ticked
    assert "oticed" not in ticked + owed.run("matter", "show", DECISION).out
    assert "(1 working day late)" in owed.run(*DECIDE).out


def test_a_weekend_counts_in_days_and_not_in_working_days(owed: Council) -> None:
    owed.at = WEEKEND
    assert "(Noticed 3 days after, 2 of them working days.)" in owed.run("tick").out
    assert "(2 working days late)" in owed.run(*DECIDE).out


def test_a_step_in_time_bears_no_mark(owed: Council) -> None:
    assert "late" not in owed.run(*DECIDE).out
