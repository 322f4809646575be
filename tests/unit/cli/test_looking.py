"""Looking for what nobody knows, and at periods and days that lie apart."""

from __future__ import annotations

import pytest

from .conftest import Desk

LEAD = ("--as", "Ada Lead")


@pytest.fixture
def town(desk: Desk) -> Desk:
    """A book with one indicator and a red figure that was referred to CPEG."""
    desk.does(
        "init", "--pack", "hampshire-2008", "--council", "Hampshire", "--proposer", "Ada Lead", "--approver", "Ben Two",
        "--from", "2008-04-01",
    )  # fmt: skip
    desk.does("role", "assign", "Ben Two", "clerk", "--for", "CABINET", "--as", "Ada Lead")
    desk.does("pack", "adopt", "--on-behalf-of", "CABINET", "--as", "Ben Two")
    desk.does("service", "add", "childrens", *LEAD)
    desk.does("person", "add", "Cara Doe", *LEAD)
    desk.does("person", "add", "Dev Shah", *LEAD)
    desk.does("role", "assign", "Cara Doe", "data_enterer", *LEAD)
    desk.does("role", "assign", "Dev Shah", "data_manager", *LEAD)
    desk.does(
        "indicator", "add", "CH04", "--title", "Assessments", "--polarity", "higher", "--frequency", "quarter",
        "--measured-in", "percent", "--service", "childrens", "--field", "important_locally=yes", *LEAD,
    )  # fmt: skip
    desk.at = "2009-01-06T09:00:00+00:00"
    for period, status in (("2008-Q2", "green"), ("2008-Q3", "red")):
        desk.does("figure", "enter", f"CH04/childrens/{period}", "70", "--status", status, "--as", "Cara Doe")
        desk.does("figure", "confirm", f"CH04/childrens/{period}", "--as", "Dev Shah")
    return desk


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("intervention", "list", "--body", "CPEGG"), "The pack has no body 'CPEGG'. Did you mean 'CPEG'?"),
        (("intervention", "list", "--indicator", "CH40"), "There is no indicator 'CH40' in the register."),
        (("intervention", "list", "--service", "children"), "no service 'children'. Did you mean 'childrens'?"),
        (("meeting", "list", "--body", "NOPE"), "The pack has no body 'NOPE'."),
        (("task", "list", "--mine", "--as", "Cara Do"), "Nobody in this book is called 'Cara Do'. Did you mean 'Cara Doe'?"),
        (("figure", "confirm-return", "--service", "kids", "--as", "Dev Shah"), "There is no service 'kids'."),
    ],
)  # fmt: skip
def test_an_unknown_name_is_told_instead_of_finding_nothing(
    town: Desk, asked: tuple[str, ...], said: str
) -> None:
    answer = town.types(*asked)
    assert (answer.code, answer.out) == (4, "")
    assert said in answer.err


def test_a_known_name_without_anything_finds_nothing(town: Desk) -> None:
    assert "No intervention is open." in town.does("intervention", "list", "--body", "CABINET")
    assert "INT-0001" in town.does("intervention", "list", "--body", "CPEG")


def test_a_period_of_a_kind_that_nobody_returns_is_told(town: Desk) -> None:
    answer = town.types("dashboard", "--period", "2008-12")
    assert answer.code == 4
    assert "no indicator is returned every month" in answer.err
    assert town.types("dashboard", "--period", "").code == 2


def test_the_dashboard_of_a_past_period_says_that_what_is_done_is_of_today(town: Desk) -> None:
    past = town.does("dashboard", "--period", "2008-Q2")
    assert "what is done now" in past
    assert "(now, for any period: 0 waiting for confirmation, 1 intervention open)" in past
    known_then = town.does("dashboard", "--period", "2008-Q2", "--as-of", "2009-01-07")
    assert "(on 2009-01-07, for any period:" in known_then
    assert "what is done\n" in town.does("dashboard")
    assert "what is done," not in town.does("dashboard", "--period", "2008-Q2", "--output", "csv")


@pytest.mark.parametrize("pack", ["kent-scs", "cambridgeshire-2022"])
def test_what_the_steps_of_a_workflow_do_begins_beside_the_longest_name(desk: Desk, pack: str) -> None:
    _, *workflows = desk.does("pack", "show", pack).split("\nWorkflow ")
    assert workflows
    for workflow in workflows:
        lines = [line[2:] for line in workflow.partition("\n\n")[0].splitlines() if ", by " in line]
        longest = max(len(line.split(" ")[0]) for line in lines)
        assert {(line[longest : longest + 2], line[longest + 2] != " ") for line in lines} == {("  ", True)}
