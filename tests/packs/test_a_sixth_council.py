"""A sixth council is a folder: YAML on the library's workflows, and not a line of Python knows any council by name."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from adapters.cli.app import run
from goldenthread.__main__ import Program
from tests.ready.program import goldenthread

ROOT = Path(__file__).resolve().parents[2]
WEALDMOOR = Path(__file__).parent / "wealdmoor-2026"
APRIL, JULY, MEETING, SEPTEMBER = "2026-04-01", "2026-07-20", "2026-07-27", "2026-09-08"
FIGURE = "BINS/streets/2026-Q1"


@dataclass
class Town:
    """The folder of a book with the council's own beside it, and a clock that stands still until it is moved."""

    folder: Path
    day: str = APRIL

    def run(self, *arguments: str, code: int = 0) -> str:
        """One command as a process; what it said."""
        words = ["-C", str(self.folder / "book"), *self.clock, *arguments]
        done = goldenthread(words, ROOT, {**os.environ, "NO_COLOR": "1", "COLUMNS": "160"})
        assert done.returncode == code, f"goldenthread {' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def does(self, *arguments: str) -> None:
        """One command in this process, which only prepares a test."""
        code = run(Program(), ["-C", str(self.folder / "book"), *self.clock, "-q", *arguments])
        assert code == 0, f"goldenthread {' '.join(arguments)} left with {code}"

    @property
    def clock(self) -> tuple[str, str]:
        """Nine o'clock of the day."""
        return "--clock", f"{self.day}T09:00:00+00:00"

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        """The rows of a list."""
        found: list[dict[str, Any]] = json.loads(self.run("--json", *arguments))["rows"]
        return found


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The council's folder, and an open book."""
    folder = tmp_path_factory.mktemp("wealdmoor")
    shutil.copytree(WEALDMOOR, folder / "wealdmoor-2026")
    (folder / "book").mkdir()
    _open(Town(folder))
    return folder


@pytest.fixture
def town(prepared: Path, tmp_path: Path) -> Town:
    """A copy of both."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return Town(tmp_path)


def _open(town: Town) -> None:
    """Two governance leads, four people with their roles, one service, one indicator with its target, one meeting."""
    lead = ("--as", "Ann Parker")
    pack = str(town.folder / "wealdmoor-2026")
    people = ("--proposer", "Ann Parker", "--approver", "Bob Reed")
    town.does("init", "--pack", pack, "--council", "Wealdmoor", *people)
    town.does("pack", "adopt", "--as", "Bob Reed")
    town.does("service", "add", "streets", "--label", "Street services", *lead)
    for name, *role in (
        ("Olu Bell", "officer"),
        ("Sal Lead", "service_lead"),
        ("Hal Head", "head_of_paid_service"),
        ("Cle Clerk", "clerk", "--for", "SMT"),
    ):
        town.does("person", "add", name, *lead)
        town.does("role", "assign", name, *role, *lead)
    town.does(
        "indicator", "add", "BINS", "--title", "Bins emptied on the day", "--polarity", "higher", "--frequency",
        "quarter", "--measured-in", "percent", "--service", "streets", *lead,
    )  # fmt: skip
    town.does("target", "set", "BINS", "2026-Q1", "--value", "98", *lead)
    town.does("meeting", "add", "SMT", MEETING, *lead)


def test_its_folder_is_checked_and_does_what_its_own_tests_say(town: Town) -> None:
    pack = str(town.folder / "wealdmoor-2026")
    assert "No problems" in town.run("pack", "check", "--strict", pack)
    assert "10 passed" in town.run("pack", "test", "--strict", pack)


def test_its_first_quarter_ends_in_a_red_an_intervention_and_a_date_that_goes_by(town: Town) -> None:
    town.day = JULY
    town.run("figure", "enter", FIGURE, "91", "--as", "Olu Bell")
    town.run("figure", "confirm", FIGURE, "--as", "Olu Bell", code=5)
    said = town.run("figure", "confirm", FIGURE, "--as", "Sal Lead")
    assert "Off track" in said
    assert "SMT has intervention BINS/streets#1 to answer by Mon 27 Jul 2026." in said

    town.day = MEETING
    answer = ("answer", "BINS/streets#1", "--category", "six_weeks", "--menu", "1,2")
    said = town.run("intervention", *answer, "--on-behalf-of", "SMT", "--as", "Cle Clerk")
    assert "by Mon 7 Sep 2026 (42 days from 27 July 2026)" in said
    assert "recovery_plan BINS/streets#1 was asked for by item 1" in said

    town.day = SEPTEMBER
    assert "CABINET is proposed as the next rung; SMT decides." in town.run("tick")
    (matter,) = town.rows("intervention", "list")
    assert (matter["body"], matter["proposed_rung"]) == ("SMT", "CABINET")
    late = {task["item"]: task["late"] for task in town.rows("task", "list", "--mine", "--as", "Sal Lead")}
    assert (late["1"], late["2"]) == (True, True)
    town.run("audit", "verify")


def test_a_target_is_changed_by_the_librarys_workflow(town: Town) -> None:
    town.day = JULY
    asked = ("--from-period", "2026-Q3", "--why", "A new contract", "--value", "98.5")
    town.run("matter", "begin", "target_change", "BINS", *asked, "--as", "Sal Lead")
    said = town.run("matter", "take", "put_forward", "target_change-0001", "--as", "Sal Lead", code=5)
    assert "measurable" in said


COUNCILS = ("hampshire", "kent", "kcc", "maidstone", "cambridgeshire", "wealdmoor")
ROOMS = ("events", "rules", "workflows", "engine", "adapters")


def test_no_python_knows_any_council_by_name() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text[:60]}"
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, text in _said(ast.parse(path.read_text(encoding="utf-8")))
        if re.search(rf"(?<![a-z])({'|'.join(COUNCILS)})(?![a-z])", text.lower().replace("_", " "))
    ]
    assert found == []


def _said(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every name and every text of a module that does something: where a rule comes from is told in docstrings."""
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str() as text) if id(node) not in told:
                yield node.lineno, text
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield node.lineno, name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                yield node.lineno, name
            case _:
                pass
