"""Nothing that anybody typed or stored acts on a terminal, by whichever way it comes out."""

from __future__ import annotations

import ast
import io
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.cli import door
from adapters.cli.tables import as_json

from .conftest import Desk

CLI = Path(door.__file__).parent
ACTS = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\r(?!\n)")
TITLE = "\x1b]0;owned\x07"
CLEAR = "\x9b2J"
TURNED = "\u202e"
EVIL = f"a{TITLE}{CLEAR}{TURNED}b"
LEAD = ("--as", "Ada Lead")


def printed(text: str, colour: bool) -> str:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        door.say(text, colour=colour)
        door.aside(text)
    return out.getvalue() + err.getvalue()


@given(st.text(), st.booleans())
def test_nothing_that_acts_leaves_by_the_door(text: str, colour: bool) -> None:
    assert not ACTS.search(printed(text, colour))


def test_lines_and_what_can_be_read_stay_as_they_are() -> None:
    assert printed("Zoë\t95 %\r\nnext –\n", True) == "Zoë\t95 %\r\nnext –\n\n" * 2


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_says_the_same_and_acts_on_nothing(text: str) -> None:
    said = as_json("test", words=text)
    assert json.loads(said)["words"] == text
    assert not ACTS.search(said)


def test_every_word_leaves_by_the_door() -> None:
    elsewhere = []
    for path in CLI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "click.echo",
                "click.secho",
                "print",
            ):
                elsewhere.append(f"{path.relative_to(CLI)}:{ast.unparse(node)[:60]}")
    assert [each for each in elsewhere if not each.startswith("door.py")] == [
        "app.py:click.echo(help_.format_message())"
    ]


@pytest.fixture
def town(desk: Desk) -> Desk:
    desk.does(
        "init", "--pack", "hampshire-2008", "--council", f"Kent{EVIL}", "--proposer", "Ada Lead", "--approver", "Ben Two",
    )  # fmt: skip
    desk.does("role", "assign", "Ben Two", "clerk", "--for", "CABINET", "--as", "Ada Lead")
    desk.does("pack", "adopt", "--on-behalf-of", "CABINET", "--as", "Ben Two")
    desk.does("service", "add", "childrens", "--label", f"Children{EVIL}", *LEAD)
    desk.does(
        "indicator", "add", "CH04", "--title", f"Assessments{EVIL}", "--polarity", "higher", "--frequency", "quarter",
        "--measured-in", "percent", "--service", "childrens", *LEAD,
    )  # fmt: skip
    return desk


@pytest.mark.parametrize(
    "asked",
    [
        ("explain", EVIL),
        ("explain", f"CH04/childrens/{EVIL}"),
        ("dashboard",),
        ("dashboard", "--period", EVIL),
        (EVIL,),
        (f"--{EVIL}",),
        ("person", "list", "--output", EVIL),
        ("person", "list", "--as-of", EVIL),
        ("-C", EVIL, "dashboard"),
        ("--book", EVIL, "dashboard"),
        ("indicator", "show", EVIL),
        ("indicator", "show", "CH04"),
        ("indicator", "list"),
        ("indicator", "list", "--output", "csv"),
        ("service", "list"),
        ("log", "show", "1"),
        ("log", "show", "9"),
        ("log", "tail"),
        ("log", "tail", "--output", "ndjson"),
        ("log", "tail", "--json"),
        ("person", "add", EVIL, *LEAD),
        ("service", "add", EVIL, *LEAD),
        ("role", "assign", EVIL, "clerk", *LEAD),
        ("person", "list", "--as", EVIL),
        ("pack", "show", EVIL),
        ("pack", "check", EVIL),
        ("figure", "import", EVIL, *LEAD),
    ],
)  # fmt: skip
def test_no_command_lets_it_through(town: Desk, asked: tuple[str, ...]) -> None:
    said = town.types(*asked)
    assert said.code != 70, said
    assert not ACTS.search(said.out + said.err)


@pytest.mark.parametrize("column", range(4))
def test_no_cell_of_a_file_lets_it_through(town: Desk, column: int) -> None:
    cells = ["CH04", "childrens", "2008-Q3", "70"]
    cells[column] = EVIL.replace("\n", "")
    file = town.folder / "return.csv"
    file.write_text(f"indicator,service,period,value\n{','.join(cells)}\n", "utf-8")
    for told in (
        town.types("figure", "import", str(file), *LEAD),
        town.types("figure", "import", str(file), "--json", *LEAD),
    ):
        assert told.code == 1
        assert not ACTS.search(told.out + told.err)
