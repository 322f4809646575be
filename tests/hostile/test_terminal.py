"""What somebody else wrote gives no orders to a terminal, and no formula to a spreadsheet."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import shutil
from pathlib import Path

import pytest

from adapters.cli.app import run
from goldenthread.__main__ import Program
from tests.errors.console import council_folder

ORDERS = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202e\r\x08"
ACTING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Everything that moves a cursor, colours, or turns the line round, except the end of a line."""


def typed(*words: str) -> tuple[int, str]:
    """A command in the council's folder: what it leaves with, and all that it printed, as it was printed."""
    out, err = io.StringIO(newline=""), io.StringIO(newline="")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        left_with = run(Program(), list(words))
    return left_with, out.getvalue() + err.getvalue()


def acts(printed: str) -> list[str]:
    return ACTING.findall(printed.replace("\r\n", "\n"))


@pytest.mark.parametrize("options", [(), ("--json",)])
@pytest.mark.parametrize(
    "content",
    [
        f"indicator,service,period,value\nHW1,highways,2026-06,{ORDERS}95\n",
        f"indicator,service,period,value\nHW1,high{ORDERS}ways,2026-06,95\n",
        f"indicator,service,period,val{ORDERS}ue\nHW1,highways,2026-06,95\n",
        f'indicator,service,period,value\n"HW1{ORDERS}"x,highways,2026-06,95\n',
    ],
)
def test_a_file_of_figures_gives_no_orders(content: str, options: tuple[str, ...]) -> None:
    with council_folder():
        Path("return.csv").write_bytes(content.encode())
        left_with, printed = typed("figure", "import", "return.csv", "--as", "Priya", *options)
    assert left_with != 0
    assert acts(printed) == []
    assert printed


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_pack_gives_no_orders(options: tuple[str, ...]) -> None:
    with council_folder():
        shutil.copytree("example", "odd")
        text = Path("odd/pack.yaml").read_text("utf-8")
        orders = r"\e[2J\e]0;owned\a\x9b31m\u202e"
        Path("odd/pack.yaml").write_text(
            text.replace("title: An example", f'title: "An {orders} example"').replace(
                "green: {label: Green}", f'green: {{label: "Gr{orders}een"}}\n  "{orders}": {{}}'
            ),
            "utf-8",
        )
        left_with, printed = typed("pack", "check", "odd", *options)
    assert left_with != 0
    assert acts(printed) == []


def test_an_expression_gives_no_orders() -> None:
    with council_folder():
        text = Path("example/pack.yaml").read_text("utf-8")
        text = text.replace(
            "when: {turned: {from: [amber, green], to: red}}", "when: {expression: 'value < \u202e1'}"
        )
        Path("example/pack.yaml").write_text(text, "utf-8")
        left_with, printed = typed("pack", "check", "example")
    assert left_with != 0
    assert "GT-EXPR-005" in printed
    assert acts(printed) == []


def test_the_name_of_a_file_gives_no_orders() -> None:
    with council_folder():
        name = "return\x1b[2J\u202e.csv"
        Path(name).write_text("indicator,service,period,value\nHW9,highways,2026-06,95\n", "utf-8")
        for file in (name, f"no such {name}"):
            left_with, printed = typed("figure", "import", file, "--as", "Priya")
            assert left_with != 0
            assert acts(printed) == []


@pytest.mark.parametrize("name", ["=cmd|'/C calc'!A0", "+1+cmd", "-2+3", "@SUM(A1)", "=1+1", "-abc"])
def test_a_list_as_csv_holds_no_formula(name: str) -> None:
    with council_folder():
        left_with, printed = typed("service", "add", "odd", f"--label={name}", "--as", "Ada Lead")
        assert left_with == 0, printed
        left_with, printed = typed("service", "list", "--output", "csv")
    assert left_with == 0
    cells = [cell for row in csv.reader(io.StringIO(printed)) for cell in row]
    assert f"'{name}" in cells
    assert name not in cells


def test_a_number_below_zero_stays_a_number_in_csv() -> None:
    with council_folder():
        assert typed("service", "add", "odd", "--label=-2.5", "--as", "Ada Lead")[0] == 0
        printed = typed("service", "list", "--output", "csv")[1]
    assert "-2.5" in [cell for row in csv.reader(io.StringIO(printed)) for cell in row]
