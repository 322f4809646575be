"""Lists: nothing missing reads as zero, nothing in a CSV can run, nothing moves the cursor."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from adapters.cli.columns import MISSING, columns_of, laid_out, stacked
from adapters.cli.tables import Column, table
from engine.importing.protected import bared, protected

COLUMNS = [Column("a", lambda row: row[0]), Column("b", lambda row: row[1], right=True)]


@given(st.text())
def test_no_cell_can_be_taken_for_a_formula(text: str) -> None:
    cell = protected(text)
    assert not cell.startswith(("=", "@", "\t", "\r"))
    if cell.startswith(("+", "-")):
        float(cell.replace(",", ""))


def test_a_negative_number_stays_one() -> None:
    assert protected("-3.5") == "-3.5"
    assert protected("-3.5+cmd") == "'-3.5+cmd"


@given(st.text(alphabet="'=+-@ a1\t\r", max_size=6))
def test_what_was_protected_is_read_back_as_it_was(text: str) -> None:
    assert bared(protected(text)) == text


def test_what_is_missing_is_a_dash_and_zero_is_zero() -> None:
    assert table([(None, 0), ("", "x")], COLUMNS) == ["a  b", "–  0", "–  x"]


def test_texts_cannot_move_the_cursor() -> None:
    assert table([("a\x1b[2Jb", "c\u202ed")], COLUMNS)[1] == "a·[2Jb  c·d"


def test_a_long_text_gives_way_to_the_others(monkeypatch: object) -> None:
    rows = [["INT-0001", "word " * 40]]
    widths = columns_of(rows, [False, False])
    assert widths == [8, 200]
    lines = laid_out(rows[0], [8, 24])
    assert all(len(line) <= 34 for line in lines)
    assert " ".join(" ".join(lines).split()) == "INT-0001 " + ("word " * 40).strip()


def test_remarks_stand_beside_short_sentences_and_below_long_ones() -> None:
    assert stacked([("Red.", "event 3"), ("Why.", "")]) == ["  Red.  event 3", "  Why."]
    below = stacked([("A sentence that is rather long. " * 4, "event 3")])
    assert below[-1] == "        event 3"


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), min_size=1, max_size=5))
def test_csv_reads_back_row_for_row(rows: list[tuple[str, str]]) -> None:
    from adapters.cli.tables import _csv

    read = list(csv.reader(io.StringIO(_csv(rows, COLUMNS))))
    assert len(read) == len(rows) + 1
    assert all(len(row) == 2 and MISSING not in row for row in read[1:]) or any(
        MISSING in "".join(row) for row in rows
    )
