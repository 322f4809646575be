"""A command that is named to be typed next can be copied as it stands, whatever folders and people are called."""

from __future__ import annotations

import re
import shlex

import pytest

from adapters.cli.app import run
from goldenthread.__main__ import Program
from tests.errors.console import council_folder

from .conftest import Desk

APPROVER = "Mary O'Neill"


@pytest.fixture
def opened(desk: Desk) -> str:
    """What was said when a book was opened."""
    given = (
        "--pack",
        "maidstone-2012",
        "--council",
        "Kent",
        "--proposer",
        "Ada Lead",
        "--approver",
        APPROVER,
    )
    said = desk.types("init", *given)
    assert said.code == 0, said
    return said.err


def next_of(said: str) -> list[str]:
    """The words of the command that is named."""
    named = re.search("Next: goldenthread (.*)", said)
    assert named is not None, said
    return shlex.split(named[1])


def test_a_name_with_an_apostrophe_is_quoted(desk: Desk, opened: str) -> None:
    assert next_of(opened) == ["pack", "adopt", "--as", APPROVER]
    added = desk.types("person", "add", "Jo O'Hara", "--as", "Ada Lead").err
    assert next_of(added) == ["role", "assign", "Jo O'Hara", "ROLE"]


def test_a_file_with_a_space_is_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    with council_folder():
        assert run(Program(), ["figure", "template", "--period", "2026-Q1", "-o", "my figures.csv"]) == 0
    assert next_of(capsys.readouterr().err) == ["figure", "import", "my figures.csv"]
