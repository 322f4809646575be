"""A file that is taken in part: what is refused stands among the rows left out, and no file of them is written over."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.spreadsheets.csv import read_csv
from engine.importing.rejected import RejectedRows
from engine.imports import ImportResult, Plan, apply_import, plan_import
from engine.testing.council import Council
from events.errors import Refused
from tests.errors.console import council_folder, goldenthread
from tests.office import office_of

MANAGER = "p4"
TEXT = "indicator,service,May 2017,June 2017\nAE4,acute,90,91\nAE5,acute,80,#REF!\nAE5,mental,70,71\n"


@pytest.fixture
def analyst(council: Council) -> str:
    """Somebody who may enter figures of the acute service only."""
    council.service("mental")
    council.indicator("AE5", "acute", "mental", target="95")
    return council.hire("Uma Acute", "data_enterer", scope="acute")


def planned(council: Council, text: str = TEXT) -> Plan:
    return plan_import(council.engine, read_csv(text.encode(), "return.csv"), office_of(council).today())


def taken(council: Council, who: str, *, dry_run: bool = False) -> tuple[ImportResult, list[list[str]]]:
    plan, out = planned(council), io.StringIO()
    rows = RejectedRows(lambda: out, plan.layout)
    result = apply_import(
        office_of(council),
        plan,
        who,
        partial=True,
        rejected=rows.take,
        dry_run=dry_run,
        accept_warnings="So.",
    )
    return result, list(csv.reader(out.getvalue().splitlines()))


def test_figures_that_a_person_may_not_enter_are_among_the_rows_left_out(
    council: Council, analyst: str
) -> None:
    with pytest.raises(Refused):
        apply_import(office_of(council), planned(council, TEXT.replace("#REF!", "81")), analyst)
    rehearsed, _ = taken(council, analyst, dry_run=True)
    result, left_out = taken(council, analyst)
    assert rehearsed.counts == result.counts
    assert (result.applied, result.counts.new, result.counts.left_out, result.counts.errors) == (3, 3, 2, 3)
    assert [row[:4] for row in left_out[1:]] == [["AE5", "acute", "", "#REF!"], ["AE5", "mental", "70", "71"]]
    assert left_out[2][4].count("'enter' is for") == 2
    assert [reason.code for reason in result.refused] == ["GT-STEP-493"] * 2  # held for another service
    assert {reason.place.line for reason in result.refused if reason.place} == {4}
    accepted = next(fact.event for fact in council.store.page(0, 1_000) if fact.type == "import.accepted")
    assert (getattr(accepted, "left_out", 0), getattr(accepted, "changes", 0)) == (2, 3)


def test_where_every_figure_is_refused_nothing_is_taken(council: Council, analyst: str) -> None:
    with pytest.raises(Refused, match="'enter' is for"):
        taken(council, "p5")
    assert "import.accepted" not in council.types()


@pytest.fixture
def folder() -> Iterator[Path]:
    with council_folder():
        yield Path()


def imported(text: str, *options: str) -> int:
    Path("return.csv").write_text("indicator,service,period,value\n" + text, encoding="utf-8")
    return goldenthread(["figure", "import", "return.csv", "--partial", "--as", "Priya", *options])[0]


def test_an_earlier_file_of_rows_left_out_is_never_written_over(folder: Path) -> None:
    good, bad = "HW1,highways,2026-06,90\n", "HW1,highways,2026-05,n/a\n"
    assert imported(good + bad) == 0
    first = Path("return.csv.rejected.csv").read_bytes()
    assert b"2026-05" in first
    assert imported(good.replace("90", "91") + bad) == 0
    assert Path("return.csv.rejected.csv").read_bytes() == first
    assert Path("return.csv.rejected-2.csv").exists()
    assert imported(good.replace("90", "92") + bad, "--rejected", "return.csv.rejected.csv") == 5
    assert Path("return.csv.rejected.csv").read_bytes() == first


def test_an_import_that_is_refused_leaves_no_file_behind(folder: Path) -> None:
    before = set(folder.iterdir())
    assert imported("HW1,highways,2026-06,90\nHW1,highways,2026-05,n/a\n", "--as", "Moira") == 5
    assert imported("HW1,highways,2026-06,90\n") == 0
    assert {path.name for path in set(folder.iterdir()) - before} <= {"return.csv"}
