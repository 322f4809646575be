"""Which clock a book is kept under is settled when it is opened, and stands in its record."""

from __future__ import annotations

import json

import pytest

from .conftest import Desk

MACHINE = ("--clock", "system")
OPEN = (
    "init", "--pack", "hampshire-2008", "--council", "Kent", "--proposer", "Ada Lead", "--approver", "Ben Second",
)  # fmt: skip
ADD = ("person", "add", "Priya Nair", "--as", "Ada Lead")


@pytest.fixture
def practising(desk: Desk) -> Desk:
    """A book opened under a clock set by hand."""
    desk.does(*OPEN)
    return desk


@pytest.fixture
def real(desk: Desk) -> Desk:
    """A book opened under the machine's clock."""
    desk.does(*OPEN, *MACHINE)
    return desk


def test_the_record_says_that_a_book_was_opened_under_a_clock_set_by_hand(practising: Desk) -> None:
    shown = json.loads(practising.does("log", "show", "1", "--json"))
    assert shown["content"]["simulated"] is True
    assert "under a clock set by hand" in practising.does("log", "show", "1")


def test_a_book_opened_under_the_machines_clock_bears_no_mark(real: Desk) -> None:
    shown = json.loads(real.does("log", "show", "1", "--json", *MACHINE))
    assert "simulated" not in shown["content"]


def test_a_real_book_is_not_written_under_a_clock_set_by_hand(real: Desk) -> None:
    refused = real.types(*ADD)
    assert refused.code == 5
    assert "GT-BOOK-011" in refused.err
    assert real.types("tick").code == 5
    assert "Priya" not in real.does("person", "list", *MACHINE)
    real.does(*ADD, *MACHINE)


def test_a_real_book_is_read_and_tried_out_under_any_clock(real: Desk) -> None:
    real.does("person", "list")
    real.at = "2100-04-01T09:00:00+01:00"
    assert "would happen" in real.does(*ADD, "--dry-run")


def test_a_book_to_practise_with_says_when_it_is_used_out_of_its_time(practising: Desk) -> None:
    said = practising.types(*ADD, *MACHINE)
    assert said.code == 0
    assert said.err.count("Warning: This book was opened under a clock set by hand") == 1
    assert "Warning" not in practising.types("person", "list").err
    assert practising.types("-q", "person", "list", *MACHINE).err == ""


def test_a_book_begun_and_not_opened_is_opened_under_any_clock(desk: Desk) -> None:
    assert desk.types(*OPEN[:2], "no-such-pack", *OPEN[3:]).code != 0
    desk.does(*OPEN)
    desk.does(*ADD)
