"""Figures, targets and adoptions as they are typed: what is shown, what a dry run leaves alone, what is judged again."""

from __future__ import annotations

import contextlib
import io
import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.cli.app import run
from engine.commands import ApprovePack
from engine.queries.reader import Reader
from goldenthread.__main__ import Program
from goldenthread.bootstrap import Project
from tests.errors.console import council_folder

LEAD, SECOND, PRIYA, TOM = "--as 'Ada Lead'", "--as 'Ben Second'", "--as Priya", "--as Tom"


@pytest.fixture(autouse=True)
def folder() -> Iterator[None]:
    """April is green and May is red; it is 6 July 2026."""
    with council_folder():
        yield


def typed(line: str) -> str:
    """What a command says, on either stream; it must succeed."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        left_with = run(Program(), shlex.split(line))
    assert left_with == 0, out.getvalue()
    return out.getvalue()


def answered(line: str) -> Any:
    """The JSON answer of a command."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        run(Program(), ["--json", *shlex.split(line)])
    return json.loads(out.getvalue())


def statuses(*periods: str) -> list[str]:
    lines = [answered(f"dashboard --period {period}")["lines"] for period in periods]
    return [line["status"]["id"] for found in lines for line in found if line["indicator"] == "HW1"]


def june(parts: str) -> None:
    typed(f"figure enter HW1/highways/2026-06 {parts} {PRIYA}")
    typed(f"figure confirm HW1/highways/2026-06 {TOM}")


def test_a_trajectory_is_shown_before_it_is_set_and_a_dry_run_sets_nothing() -> None:
    line = f"target trajectory HW1 --from 2026-07=90 --to 2026-09=95 --tolerance 5% {LEAD}"
    assert "2026-08  92.5" in typed(f"{line} --dry-run")
    assert len(answered("target history HW1")["rows"]) == 1
    typed(line)
    found = answered("target history HW1")["rows"][1:]
    assert [(row["from_period"], row["value"], row["tolerance_shown"]) for row in found] == [
        ("2026-07", "90", "5 % of it"),
        ("2026-08", "92.5", "5 % of it"),
        ("2026-09", "95", "5 % of it"),
    ]


def test_a_profile_may_stand_in_a_file() -> None:
    with open("targets.csv", "w", encoding="utf-8") as file:
        file.write("period,value,floor\n2026-07,90,80\n2026-08,92,\n")
    typed(f"target profile HW1 --file targets.csv {LEAD}")
    found = answered("target history HW1")["rows"][1:]
    assert [(row["from_period"], row["value"], row["floor"]) for row in found] == [
        ("2026-07", "90", "80"),
        ("2026-08", "92", None),
    ]


def test_a_target_changed_with_a_reason_judges_again_and_the_history_says_why() -> None:
    said = typed(f"target set HW1 2026-05 --value 70 --reason 'the contract was changed' {LEAD}")
    assert "was judged again (target)" in said
    assert statuses("2026-04", "2026-05") == ["green", "green"]
    rows = answered("figure history HW1/highways/2026-05")["rows"]
    assert [(row["what"], row["cause"], row["status"]["id"]) for row in rows] == [
        ("entered", "", ""),
        ("confirmed", "", "red"),
        ("judged again", "target", "green"),
    ]


def test_a_floor_and_a_tolerance_that_no_band_asks_for_are_set_and_warned_of() -> None:
    said = typed(f"target set HW1 2026-07 --value 90 --floor 80 --tolerance 5 {LEAD}")
    assert "asks for a floor" in said or "ends at a tolerance" in said
    assert "Warning" not in typed(f"target set HW1 2026-08 --value 90 {LEAD}")


def test_a_provisional_figure_is_made_final_as_it_is() -> None:
    june("90 --provisional")
    assert [row["period"] for row in answered("figure provisional")["rows"]] == ["2026-06"]
    assert "Provisional" in typed("dashboard")
    typed(f"figure final HW1/highways/2026-06 {PRIYA}")
    typed(f"figure approve-restatement HW1/highways/2026-06 {TOM}")
    assert answered("figure provisional")["rows"] == []


def test_a_quarter_is_shown_with_its_months_and_says_what_cannot_be_derived() -> None:
    for month, parts in (("04", "9 10"), ("05", "3 10")):
        over, under = parts.split()
        typed(
            f"figure restate HW1/highways/2026-{month} --numerator {over} --denominator {under} --reason counted {PRIYA}"
        )
        typed(f"figure approve-restatement HW1/highways/2026-{month} {TOM}")
    june("--numerator 6 --denominator 20")
    shown = typed("figure show HW1/highways/2026-Q1 --derived")
    assert "HW1/highways/2026-Q1: 45.0 %" in shown
    assert "18 of 40" in shown
    assert "year to date: 45.0 %" in shown
    assert "twelve months: none." in shown
    answer = answered("figure show HW1/highways/2026-Q1 --derived")
    assert [part["numerator"] for part in answer["figure"]["parts"]] == ["9", "3", "6"]


def test_what_an_interruption_has_left_is_told_as_the_adoption_tells_it_and_nothing_is_written() -> None:
    typed(f"pack propose hampshire-2008 --from 2026-05-01 --rejudge {LEAD}")
    typed(f"role assign 'Ben Second' clerk --for CABINET {LEAD}")
    foretold = answered(f"pack adopt --on-behalf-of CABINET --dry-run {SECOND}")["judged_again"]
    adopted_and_interrupted()
    head = last_event()
    told = typed("pack rejudge --dry-run")
    assert "hampshire-2008 2008.11: 0 of 1 series are judged again." in told
    assert (
        "1 series would be judged again by hampshire-2008 2008.11; 1 of them would come out otherwise" in told
    )
    assert "    2026-05  " in told
    assert answered("pack rejudge --dry-run")["judged_again"] == foretold
    assert last_event() == head
    (done,) = answered("pack rejudge")["judged_again"]
    assert (done["series"], done["changed"], done["resumed"]) == (1, 1, False)
    assert last_event() > head


def adopted_and_interrupted() -> None:
    """The pack that waits is approved, and the program ends before any series is judged again."""
    office = Project(Path(), {}).open(write=True)
    try:
        waiting = Reader(office.engine).framework.waiting
        assert waiting is not None
        request = ApprovePack(pack=waiting.event.digest, on_behalf_of="CABINET")
        office.ask(request, actor=office.person("Ben Second"))
    finally:
        office.engine.store.close()


def last_event() -> int:
    """The position of the last event of the book."""
    office = Project(Path(), {}).open(write=False)
    try:
        return office.engine.store.head().position
    finally:
        office.engine.store.close()


def test_a_pack_adopted_over_judged_periods_judges_again_and_its_history_says_how_far() -> None:
    typed(f"pack propose hampshire-2008 --from 2026-05-01 --rejudge {LEAD}")
    typed(f"role assign 'Ben Second' clerk --for CABINET {LEAD}")
    told = typed(f"pack adopt --on-behalf-of CABINET --dry-run {SECOND}")
    assert (
        "1 series would be judged again by hampshire-2008 2008.11; 1 of them would come out otherwise" in told
    )
    assert "    2026-05  " in told
    (whole,) = answered(f"pack adopt --on-behalf-of CABINET --dry-run {SECOND}")["judged_again"]
    assert (whole["series"], whole["changed"], whole["statuses"]) == (1, 1, 1)
    said = typed(f"pack adopt --on-behalf-of CABINET {SECOND}")
    assert "1 series judged again by hampshire-2008 2008.11; 1 of them came out otherwise." in said
    assert [row["rejudged"] for row in answered("pack history")["rows"]] == ["", "1 of 1 series"]
    assert statuses("2026-04", "2026-05") == ["green", "not rated"]
    assert typed("pack rejudge") == "Nothing is left to be judged again.\n"
    assert typed("pack rejudge --dry-run") == "Nothing is left to be judged again.\n"
    assert answered("pack rejudge --dry-run")["judged_again"] == []
    assert answered("audit replay")["differences"] == []
