"""Maidstone, 2013, typed: a query back and its answer, a late figure, a delegate on leave, and a target that is changed."""

from __future__ import annotations

from .conftest import Council

OPENED, LATE, FEBRUARY = "2013-01-01T09:00:00+00:00", "2013-01-15T09:00:00+00:00", "2013-02-04T09:00:00+00:00"
FIGURE = "BEN1/benefits/2012-Q3"
SMART = ("specific", "measurable", "achievable", "realistic", "timescaled")


def opened(council: Council) -> None:
    """New Year's Day: the third quarter is asked for."""
    council.at = OPENED
    council.does(
        "init", "--pack", "maidstone-2012", "--council", "Maidstone Borough Council",
        "--proposer", "Ann Parker", "--approver", "Bob Reed",
    )  # fmt: skip
    council.does("pack", "adopt", "--as", "Bob Reed")
    council.does("service", "add", "benefits", "--label", "Benefits", "--as", "p1")
    for name, role, scope in (
        ("Eve Enterer", "data_enterer", ()),
        ("Dan Manager", "data_manager", ()),
        ("Hal Head", "head_of_service", ()),
        ("Mia Clerk", "clerk", ("--for", "MANAGEMENT_TEAM")),
    ):
        council.does("person", "add", name, "--as", "p1")
        council.does("role", "assign", name, role, *scope, "--as", "p1")
    council.does("person", "add", "Dee Deputy", "--as", "p1")
    council.does(
        "indicator", "add", "BEN1", "--title", "Claims on time", "--polarity", "higher", "--frequency", "quarter",
        "--measured-in", "percent", "--service", "benefits", "--first-period", "2012-Q3", "--as", "p1",
    )  # fmt: skip
    council.does("target", "set", "BEN1", "2012-Q3", "--value", "95", "--as", "p1")


def test_a_return_is_queried_answered_and_activated_late_by_a_delegate(empty: Council) -> None:
    opened(empty)
    waits = empty.run("task", "list", "--mine", "--as", "Eve Enterer").out
    assert "asked for on Tue 1" in waits  # the column wraps
    assert "Fri 11 Jan 2013" in waits
    empty.does("figure", "enter", FIGURE, "69", "--as", "Eve Enterer")
    empty.does("figure", "query", FIGURE, "--reason", "Is it not 96?", "--as", "Dan Manager")
    assert "Sent back with a question" in empty.run("task", "list", "--mine", "--as", "Eve Enterer").out
    empty.does("figure", "answer", FIGURE, "It is: digits turned round", "--as", "Eve Enterer")
    empty.at = LATE
    empty.does("figure", "enter", FIGURE, "96", "--as", "Eve Enterer")
    own = empty.run("figure", "confirm", FIGURE, "--as", "Eve Enterer")
    assert (own.code, "Dan Manager" in own.err) == (5, True)
    empty.does("absence", "add", "Dan Manager", "--until", "2013-01-21", "--as", "Dan Manager")
    for deputy in ("Dee Deputy", "Eve Enterer"):
        empty.does("delegate", "add", "Dan Manager", deputy, "--until", "2013-01-21", "--as", "Dan Manager")
    through = empty.run("figure", "confirm", FIGURE, "--acting-for", "Dan Manager", "--as", "Eve Enterer")
    assert (through.code, "Dee Deputy" in through.err) == (5, True)
    done = empty.run("figure", "confirm", FIGURE, "--acting-for", "Dan Manager", "--as", "Dee Deputy")
    assert done.code == 0
    told = empty.run("explain", FIGURE).out
    assert "Is it not 96?" in told
    assert "It is: digits turned round" in told
    assert "late by 2 working days" in told


def test_a_target_is_changed_by_its_workflow_and_shown_old_beside_new(empty: Council) -> None:
    opened(empty)
    empty.does("figure", "enter", FIGURE, "96", "--as", "Eve Enterer")
    empty.does("figure", "confirm", FIGURE, "--as", "Dan Manager")
    empty.at = FEBRUARY
    by_hand = empty.run("target", "set", "BEN1", "2013-Q1", "--value", "94", "--as", "p1")
    assert by_hand.code == 5
    assert "goldenthread matter begin target_change BEN1/benefits --from-period 2013-Q1" in by_hand.err
    empty.does(
        "matter", "begin", "target_change", "BEN1/benefits", "--from-period", "2013-Q1", "--value", "94",
        "--why", "Two posts are gone", "--as", "Hal Head",
    )  # fmt: skip
    shown = empty.run("matter", "show", "target_change-0001").out
    assert "95 %" in shown
    assert "94 %" in shown
    assert "easier than the last outturn, 96 % (benefits, 2012-Q3)" in shown
    answers = [word for name in SMART for word in (f"--{name}", "yes", f"--{name}-because", "Seen")]
    forward = ("matter", "take", "put_forward", "target_change-0001", *answers)
    refused = empty.run(*forward, "--as", "Hal Head")
    assert refused.code == 5
    assert "say in easier_because why that is right" in refused.err
    empty.does(*forward, "--easier-because", "Two posts are gone", "--as", "Hal Head")
    empty.does(
        "matter", "take", "approve", "target_change-0001", "--on-behalf-of", "MANAGEMENT_TEAM", "--as", "Mia Clerk"
    )  # fmt: skip
    history = empty.run("target", "history", "BEN1").out
    assert "94 %" in history
    assert "Mia Clerk" in history
