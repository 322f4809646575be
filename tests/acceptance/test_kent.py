"""Kent, 2011: a red without a decision is owed with its day; a decision stands, is reviewed, and is needed no longer."""

from __future__ import annotations

import pytest

from .conftest import Council

FIGURE, DECISION = "CS1/scs/2011-Q2", "decision-0001"
AUGUST, OCTOBER, DECEMBER, JANUARY, APRIL = (
    "2011-08-01T09:00:00+00:00",
    "2011-10-14T09:00:00+00:00",
    "2011-12-05T09:00:00+00:00",
    "2012-01-16T09:00:00+00:00",
    "2012-04-16T09:00:00+00:00",
)
WORDS = "Two more assessors from November"


@pytest.fixture
def kent(empty: Council) -> Council:
    """The pack adopted, its people hired, one indicator of one service."""
    empty.at = AUGUST
    empty.does(
        "init", "--pack", "kcc-2011", "--council", "Kent County Council",
        "--proposer", "Ann Parker", "--approver", "Bob Reed",
    )  # fmt: skip
    for body in ("POSC", "COUNCIL"):
        empty.does(
            "role", "assign", "Bob Reed", "clerk", "--for", body, "--from", "2011-04-01", "--as", "Ann Parker"
        )
    empty.does("pack", "step", "note", "--on-behalf-of", "POSC", "--on", "2011-04-07", "--as", "Bob Reed")
    empty.does("pack", "step", "endorse", "--on-behalf-of", "POSC", "--on", "2011-06-16", "--as", "Bob Reed")
    empty.does("pack", "initial", "--all", "--as", "Ann Parker")
    empty.does("pack", "adopt", "--on-behalf-of", "COUNCIL", "--on", "2011-07-21", "--as", "Bob Reed")
    for name, role in (
        ("Dora Data", "data_enterer"),
        ("Max Manager", "data_manager"),
        ("Ola Officer", "accountable_officer"),
        ("Pat Performance", "performance_manager"),
    ):
        empty.does("person", "add", name, "--as", "p1")
        empty.does("role", "assign", name, role, "--as", "p1")
    empty.does("service", "add", "scs", "--label", "Specialist Children's Services", "--as", "p1")
    empty.does(
        "indicator", "add", "CS1", "--title", "Initial assessments on time", "--polarity", "higher",
        "--frequency", "quarter", "--measured-in", "percent", "--service", "scs", "--as", "p1",
    )  # fmt: skip
    return empty


def declared(council: Council, period: str, value: str, status: str) -> str:
    """A figure all the way; what its confirmation said."""
    council.does("figure", "enter", f"CS1/scs/{period}", value, "--status", status, "--as", "Dora Data")
    confirmed = council.run("figure", "confirm", f"CS1/scs/{period}", "--as", "Max Manager")
    assert confirmed.code == 0, confirmed.err
    return confirmed.out


def test_nothing_is_judged_before_county_council_has_approved(kent: Council) -> None:
    refused = kent.run("figure", "enter", "CS1/scs/2011-Q1", "61", "--status", "red", "--as", "Dora Data")
    assert refused.code == 5
    assert "No pack is in force at the end of 2011-Q1" in refused.err


def test_a_decision_for_a_red_from_the_day_it_is_owed_until_it_is_needed_no_longer(kent: Council) -> None:
    kent.at = OCTOBER
    said = declared(kent, "2011-Q2", "61", "red")
    assert "A decision is needed. Decision on what needs to happen: by Fri 28 Oct 2011" in said

    mine = kent.run("task", "list", "--mine", "--as", "Ola Officer", "--json")
    (task,) = mine.json["rows"]
    assert (task["ref"], task["due"], task["may"]) == (DECISION, "2011-10-28", True)

    shown = kent.run("matter", "show", DECISION)
    assert "--decision … --review-on …" in shown.out
    hasty = kent.run("matter", "take", "decide", DECISION, "--decision", WORDS, "--as", "Ola Officer")
    assert (hasty.code, "needs 'review_on'" in hasty.err) == (5, True)
    other = kent.run(
        "matter", "take", "decide", DECISION, "--decision", WORDS, "--review-on", "2011-12-01", "--as", "p3"
    )
    assert (other.code, "is for Accountable Officer; Dora Data (p3) is none of these" in other.err) == (
        5,
        True,
    )
    decided = kent.run(
        "matter", "take", "decide", "CS1/scs", "--workflow", "decision", "--decision", WORDS,
        "--review-on=2011-12-01", "--as", "Ola Officer",
    )  # fmt: skip
    assert decided.code == 0, decided.err
    assert "Review of the decision: by Thu 1 Dec 2011" in decided.out
    assert DECISION not in kent.run("task", "list").out

    kent.at = DECEMBER
    assert "It now stands at: A decision is needed." in kent.run("tick").out
    assert DECISION in kent.run("task", "list").out
    kent.does(
        "matter", "take", "decide", DECISION, "--decision", "Go on", "--review-on", "2012-06-01", "--as", "p5"
    )

    kent.at = JANUARY
    assert "trigger needs_decision of 2011-Q3 was added to it" in declared(kent, "2011-Q3", "58", "red")
    assert DECISION not in kent.run("task", "list").out
    why = kent.run("explain", DECISION)
    assert WORDS in why.out
    assert "Trigger needs_decision fired for 2011-Q3 while this was open" in why.out

    kent.at = APRIL
    assert "It now stands at: No decision is needed any more." in declared(kent, "2011-Q4", "92", "green")
    assert kent.run("matter", "list", "--workflow", "decision").out == "No matter is open.\n"
    verified = kent.run("audit", "verify")
    assert (verified.code, "views equal to the log" in verified.out) == (0, True)
    assert kent.run("audit", "replay").code == 0


def test_what_a_passed_date_gave_to_a_role_stands_in_the_list_of_that_role(kent: Council) -> None:
    kent.at = OCTOBER
    declared(kent, "2011-Q2", "61", "red")
    manager = ("task", "list", "--for", "performance_manager")
    assert DECISION not in kent.run(*manager).out
    kent.at = "2011-10-31T09:00:00+00:00"
    assert "It is a task of County Performance & Evaluation Manager." in kent.run("tick").out
    coming = kent.run("calendar", "next")
    assert (
        coming.err
        == "1 deadline has gone by without an answer: 'goldenthread task list' shows it, marked LATE.\n"
    )
    assert kent.run("calendar", "next", "--json").err == ""
    whose = "County Performance & Evaluation Manager (Pat Performance); may act: Ola Officer"
    for role in ("performance_manager", "county performance & evaluation manager", "accountable_officer"):
        listed = kent.run("task", "list", "--for", role).out
        assert (DECISION in listed, whose in listed) == (True, True), listed
    assert DECISION not in kent.run("task", "list", "--for", "COUNCIL").out
    unknown = kent.run("task", "list", "--for", "performance_manger")
    assert (unknown.code, "Did you mean 'performance_manager'?" in unknown.err) == (4, True)


def test_a_decision_for_a_red_that_is_restated_away_is_withdrawn(kent: Council) -> None:
    kent.at = OCTOBER
    declared(kent, "2011-Q2", "61", "red")
    kent.does(
        "figure", "restate", FIGURE, "91", "--status", "green", "--reason", "A file came late", "--as", "p3"
    )
    approved = kent.run("figure", "approve-restatement", FIGURE, "--as", "p4")
    assert "decision CS1/scs#1. It now stands at: No decision is needed any more." in approved.out
    (line,) = kent.run("matter", "list", "--all", "--workflow", "decision", "--json").json["rows"]
    assert (line["id"], line["state"], line["ended_on"]) == (DECISION, "not_needed", "2011-10-14")


def test_a_decision_may_be_asked_for_by_hand(kent: Council) -> None:
    kent.at = OCTOBER
    begun = kent.run(
        "matter", "begin", "decision", "CS1/scs", "--time-allowed", "5 working days",
        "--reason", "The Cabinet Member asked", "--as", "Pat Performance",
    )  # fmt: skip
    assert "by Fri 21 Oct 2011 (5 working days from 14 October 2011)" in begun.out
    again = kent.run("matter", "begin", "decision", "CS1/scs", "--time-allowed", "1 month", "--as", "p6")
    assert (again.code, "is still open; a series has one at a time" in again.err) == (5, True)
    missing = kent.run("matter", "begin", "decision", "--time-allowed", "1 month", "--as", "p6")
    assert (missing.code, "'decision' is about one series: name it" in missing.err) == (2, True)
    odd = kent.run("matter", "take", "decide", DECISION, "decision", "--as", "p5")
    assert (odd.code, "belongs to no field" in odd.err) == (2, True)
