"""A file that is taken in part: what is refused stands among the rows left out, and no file of them is written over."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.spreadsheets.csv import read_csv
from engine.importing.apply import EveryRowRefused
from engine.importing.mapping import Mapping
from engine.importing.reading import CellProblem
from engine.importing.rejected import RejectedRows
from engine.imports import ImportResult, Plan, apply_import, plan_import
from engine.testing.council import Council
from events.errors import Problem, Refused
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
    with pytest.raises(EveryRowRefused, match="'enter' is for") as refused:
        taken(council, "p5")
    assert (refused.value.counts.rows, refused.value.counts.left_out) == (3, 3)
    assert str(refused.value.counts).startswith("All 3 rows were refused · ")
    assert "import.accepted" not in council.types()


def test_a_file_of_which_something_is_known_already_is_not_refused_in_every_row(
    council: Council, analyst: str
) -> None:
    council.figure(MANAGER, "enter", "AE4/acute/2017-05", "90")
    with pytest.raises(Refused) as refused:
        taken(council, "p5")
    assert not isinstance(refused.value, EveryRowRefused)


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


def left_out_of(council: Council, text: str) -> tuple[Plan, bytes]:
    """The plan of a file, and the file of all its rows that cannot be taken."""
    plan = planned(council, text)
    out = io.StringIO(newline="")
    rows = RejectedRows(lambda: out, plan.layout, plan.table.separator, plan.mapping.header)
    for batch in plan.batches():
        for each in batch.rejected:
            rows.take(each)
    return plan, out.getvalue().encode()


def test_of_a_figure_that_is_given_differently_neither_is_taken(council: Council) -> None:
    """Nobody has said which of the two holds; a figure that is given twice alike is taken once, and the repeat is told."""
    rows = ["2017-04,80", "2017-05,81", "2017-04,80.0", "2017-05,81", "2017-05,82", "2017-06,83"]
    plan, content = left_out_of(
        council, "indicator,service,period,value\n" + "".join(f"AE4,acute,{row}\n" for row in rows)
    )
    result = apply_import(office_of(council), plan, MANAGER, partial=True, accept_warnings="So.")
    entered = [fact.event for fact in council.store.page(0, 1_000) if fact.type == "figure.entered"]
    assert [(getattr(each, "period", ""), str(getattr(each, "value", ""))) for each in entered] == [
        ("2017-04", "80"),
        ("2017-06", "83"),
    ]
    assert (plan.counts.new, plan.counts.left_out, plan.counts.errors, result.applied) == (2, 4, 4, 2)
    assert [
        (each.place.line, each.sentence.partition("stands in ")[2]) for each in plan.errors if each.place
    ] == [
        (3, "line 6 too, with another figure."),
        (4, "line 2 already, with the same figure."),
        (5, "line 3 already, with the same figure."),
        (6, "line 3 already, with another figure."),
    ]
    assert [",".join(row[2:4]) for row in csv.reader(content.decode().splitlines())][1:] == rows[1:5]


def test_a_figure_and_the_word_that_there_is_none_contradict_each_other(council: Council) -> None:
    table = read_csv(
        b"indicator,service,period,value\nAE4,acute,2017-05,n/a\nAE4,acute,2017-05,82\n", "r.csv"
    )
    plan = plan_import(council.engine, table, office_of(council).today(), no_figure="Not collected.")
    assert [each.code for each in plan.errors] == ["GT-IMPORT-350", "GT-IMPORT-029"]
    assert [row for batch in plan.batches() for row in batch.rows] == []


def test_in_a_wide_file_the_other_figures_of_a_row_are_taken(council: Council) -> None:
    """Only the cells that contradict each other are left out of their rows."""
    plan, content = left_out_of(
        council, "indicator,service,May 2017,June 2017\nAE4,acute,90,91\nAE4,acute,90,92\n"
    )
    assert [str(row.step.figure.value) for row in plan.rows() if row.step and row.step.figure] == ["90"]
    assert [row[2:4] for row in csv.reader(content.decode().splitlines())][1:] == [["", "91"], ["90", "92"]]


def test_rows_left_out_come_back_as_they_were(council: Council) -> None:
    """What is protected against a spreadsheet's formulas is read back, apostrophes of the file's own included."""
    cells = ["-", "=1+1", "'-", "''=x", "'abc", "@home", "+x", "'-5 %x", "-5x"]
    text = "indicator,service,period,value,# -note\n" + "".join(
        f"{code},acute,2017-05,{cell},{cell}\n" for code in ("AE4", "=NO", "'@NO") for cell in cells
    )
    before, content = left_out_of(council, text)
    assert "'-" in content.decode().split(",")
    after = read_csv(content, "left-out.csv")
    width = before.layout.width
    assert [row.cells[:width] for row in after.open()] == [row.cells for row in before.table.open()]
    again, repeated = left_out_of(council, content.decode())
    assert (again.counts.errors, repeated) == (before.counts.errors, content)


def test_a_dash_for_no_figure_is_still_one_among_the_rows_left_out(council: Council) -> None:
    _, content = left_out_of(council, "indicator,service,period,value\nAE4,acute,2017-05,-\n")
    table = read_csv(content, "left-out.csv")
    plan = plan_import(council.engine, table, office_of(council).today(), no_figure="Not collected.")
    assert (plan.problems, plan.counts.no_figures) == ((), 1)


def test_rows_left_out_are_separated_as_in_their_file(council: Council) -> None:
    """With semicolons a comma separates decimals, so another separator would make another number of it."""
    text = 'indicator;service;period;value\n"AE4";acute;2017-05;93,5\nAE4;nobody;2017-06;93,5\n'
    plan, content = left_out_of(council, text)
    assert plan.counts.errors == 1
    table = read_csv(content.replace(b"nobody", b"acute"), "left-out.csv")
    again = plan_import(council.engine, table, office_of(council).today())
    assert (table.separator, again.problems) == (";", ())
    assert [str(row.step.figure.value) for row in again.rows() if row.step and row.step.figure] == ["93.5"]


def test_headings_stay_in_the_line_that_the_mapping_says(council: Council) -> None:
    text = "Returns,,,\nof us,,,\nindicator,service,period,value\nAE4,acute,2017-05,n/a\n"
    mapping = Mapping(header=3)
    plan = plan_import(
        council.engine, read_csv(text.encode(), "x.csv"), office_of(council).today(), mapping=mapping
    )
    out = io.StringIO(newline="")
    rows = RejectedRows(lambda: out, plan.layout, plan.table.separator, mapping.header)
    for batch in plan.batches():
        for each in batch.rejected:
            rows.take(each)
    again = plan_import(
        council.engine,
        read_csv(out.getvalue().encode(), "y.csv"),
        office_of(council).today(),
        mapping=mapping,
    )
    assert [problem.code for problem in again.problems] == ["GT-IMPORT-014"]


WIDE = "indicator,service,May 2017,June 2017\nAE4,acute,90,n/a\nAE4,acute,91,92\n"


def places(problems: tuple[Problem, ...]) -> list[tuple[str, int, int, str]]:
    return [
        (each.cell, each.place.line, each.place.column, each.found)
        for each in problems
        if isinstance(each, CellProblem) and each.place
    ]


def test_a_refusal_of_one_figure_of_a_wide_row_names_its_own_cell(council: Council) -> None:
    plan = plan_import(
        council.engine,
        read_csv(WIDE[: WIDE.index("AE4,acute,91")].encode(), "wide.csv"),
        office_of(council).today(),
        no_figure="Not collected.",
    )
    result = apply_import(office_of(council), plan, "p3", partial=True, dry_run=True)
    assert places(result.refused) == [("D2", 2, 14, "n/a")]
    with pytest.raises(Refused) as nothing:
        apply_import(office_of(council), plan, "p5")
    assert places(nothing.value.problems) == [("C2", 2, 11, "90"), ("D2", 2, 14, "n/a")]


def test_a_figure_that_a_wide_file_has_twice_is_told_at_its_own_cell(council: Council) -> None:
    assert places(planned(council, WIDE.replace("n/a", "93")).problems) == [
        ("C2", 2, 11, "90"),
        ("D2", 2, 14, "93"),
        ("C3", 3, 11, "91"),
        ("D3", 3, 14, "92"),
    ]


def test_a_refusal_in_a_long_file_names_the_cell_with_the_figure(council: Council) -> None:
    text = "indicator,service,period,value,numerator,denominator\nAE4,acute,2017-05,,200,100\n"
    plan = planned(council, text)
    assert places(plan.problems) == [("E2", 2, 20, "200")]
    with pytest.raises(Refused) as nothing:
        apply_import(office_of(council), planned(council, text.replace("200,100", "9,10")), "p5")
    assert places(nothing.value.problems) == [("E2", 2, 20, "9")]
