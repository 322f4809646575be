"""Hampshire, 2026: CPEG chooses from the menu, each item is a task until the report-back date; a round of self-assessments."""

from __future__ import annotations

import pytest

from .conftest import Council

OCTOBER, NOVEMBER, JANUARY = (
    "2026-10-05T09:00:00+00:00",
    "2026-11-30T09:00:00+00:00",
    "2027-01-11T09:00:00+00:00",
)


@pytest.fixture
def hampshire(empty: Council) -> Council:
    """The pack adopted, its people hired, and a red that matters locally before CPEG."""
    empty.at = OCTOBER
    empty.does(
        "init", "--pack", "hampshire-2008", "--council", "Hampshire County Council",
        "--proposer", "Ann Parker", "--approver", "Bob Reed",
    )  # fmt: skip
    empty.does("role", "assign", "Bob Reed", "clerk", "--for", "CABINET", "--as", "Ann Parker")
    empty.does("pack", "adopt", "--on-behalf-of", "CABINET", "--as", "Bob Reed")
    for name, role in (
        ("Dora Data", "data_enterer"),
        ("Max Manager", "data_manager"),
        ("Sue Service", "service_manager"),
        ("Olu Officer", "chief_officer"),
        ("Hal Head", "head_of_improvement"),
    ):
        empty.does("person", "add", name, "--as", "p1")
        empty.does("role", "assign", name, role, "--as", "p1")
    empty.does("person", "add", "Cleo Clerk", "--as", "p1")
    empty.does("role", "assign", "Cleo Clerk", "clerk", "--for", "CPEG", "--as", "p1")
    empty.does("service", "add", "childrens", "--label", "Children's Services", "--as", "p1")
    empty.does(
        "indicator", "add", "CH04", "--title", "Assessments on time", "--polarity", "higher", "--frequency", "quarter",
        "--measured-in", "percent", "--service", "childrens", "--field", "important_locally=yes", "--as", "p1",
    )  # fmt: skip
    empty.does("figure", "enter", "CH04/childrens/2026-Q2", "61", "--status", "red", "--as", "Dora Data")
    empty.does("figure", "confirm", "CH04/childrens/2026-Q2", "--as", "Max Manager")
    return empty


def test_every_item_of_the_menu_is_on_the_work_list_until_it_is_done(hampshire: Council) -> None:
    hampshire.at = NOVEMBER
    hampshire.does(
        "intervention", "answer", "INT-0001", "--category", "category_2", "--menu", "5,10",
        "--on-behalf-of", "CPEG", "--as", "Cleo Clerk",
    )  # fmt: skip
    listed = hampshire.run("task", "list", "--mine", "--as", "Sue Service", "--json").json["rows"]
    items = [(task["item"], task["due"], task["may"]) for task in listed if task["kind"] == "item"]
    assert items == [("5", "2027-02-28", False)]  # it is done when CPEG has agreed its plan
    refused = hampshire.run(
        "matter", "take", "deliver", "INT-0001", "--item", "10", "--outcome", "Looked into", "--as", "Sue Service"
    )  # fmt: skip
    assert refused.code == 5
    assert "'deliver' is for Head of Improvement" in refused.err
    hampshire.at = JANUARY
    early = hampshire.run(
        "matter", "take", "deliver", "INT-0001", "--item", "5", "--outcome", "Five actions", "--as", "Sue Service"
    )  # fmt: skip
    assert early.code == 5
    assert "It is dealt with in action_plan/CH04/childrens#1 (Asked for)" in early.err
    _agree_the_plan(hampshire)
    shown = hampshire.run("intervention", "show", "INT-0001").out
    assert "5 Strategic action plan" in shown
    assert "done on Mon 11 Jan 2027" in shown
    assert "10 Corporate support two, asked of Head of Improvement, by Sun 28 Feb 2027: not done" in shown


def _agree_the_plan(hampshire: Council) -> None:
    hampshire.does(
        *("matter", "take", "add", "action_plan-0001", "--item", "recruit", "--owner", "service_manager"),
        *("--until", "2027-03-01", "--what", "Two posts", "--as", "Sue Service"),
    )
    hampshire.does(
        *("matter", "take", "present", "action_plan-0001", "--measure-of-success", "Nine in ten in time"),
        *("--as", "Sue Service"),
    )
    hampshire.does(
        *("matter", "take", "agree", "action_plan-0001", "--on-behalf-of", "CPEG", "--as", "Cleo Clerk")
    )


def test_a_round_of_self_assessments_is_begun_with_one_command(hampshire: Council) -> None:
    begun = hampshire.run(
        *("matter", "begin", "self_assessment", "--every-service", "--period", "2026-Q3", "--as", "Hal Head")
    )
    assert "begun for 1 of 1 services" in begun.out
    hampshire.does(
        "matter", "take", "write", "self_assessment-0001", "--strengths", "Placements", "--areas-for-improvement", "Waits",
        "--outstanding-risks", "Budget", "--how-addressed", "Two posts", "--trade-offs", "Fewer visits", "--as", "Olu Officer",
    )  # fmt: skip
    hampshire.does(
        "matter", "take", "submit", "self_assessment-0001", "--consulted", "the Executive Member", "--consulted-on", "2026-10-02", "--as", "Olu Officer"
    )  # fmt: skip
    assert "Submitted" in hampshire.run("matter", "show", "self_assessment-0001").out
