"""CSV is read strictly, and what a spreadsheet saved in another form is refused with the way to save it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.spreadsheets.csv import read_csv
from events.errors import Invalid, Problem


def cells(content: bytes) -> list[list[str]]:
    table = read_csv(content, "return.csv")
    return [[cell.text for cell in row.cells] for row in (table.header, *table.rows)]


def refusal(content: bytes) -> Problem:
    with pytest.raises(Invalid) as refused:
        read_csv(content, "return.csv")
    return refused.value.problems[0]


def test_quoted_cells_may_hold_commas_quotes_and_line_breaks() -> None:
    assert cells(b'a,b\r\n"1,5","say ""so""\nplease"\r\n') == [["a", "b"], ["1,5", 'say "so"\nplease']]


def test_a_byte_order_mark_blank_lines_and_empty_cells_at_the_end_are_no_matter() -> None:
    assert cells(b"\xef\xbb\xbfa,b,,\n\n,,,\n1,2,,\n") == [["a", "b"], ["1", "2"]]


def test_every_cell_knows_its_line_and_column() -> None:
    table = read_csv(b'a,b\n"x\ny",2\n3,44\n', "return.csv")
    assert [(cell.line, cell.column) for row in table.rows for cell in row.cells] == [
        (2, 1),
        (3, 4),
        (4, 1),
        (4, 3),
    ]
    assert table.place(table.rows[1], table.rows[1].cells[1]).excerpt == "3,44"


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", "GT-IMPORT-004", "empty"),
        (b"PK\x03\x04...", "GT-IMPORT-002", "workbook"),
        ("a,b\n1,2\n".encode("utf-16"), "GT-IMPORT-003", "UTF-16"),
        ("a,b\n1,£\n".encode("cp1252"), "GT-IMPORT-001", "UTF-8"),
        (b"a;b\n1;2\n", "GT-IMPORT-005", "semicolons"),
        (b"a\tb\n", "GT-IMPORT-005", "tabs"),
        (b'a,b\n1,"2\n', "GT-IMPORT-007", "never closed"),
        (b'a,b\n1,"2"3\n', "GT-IMPORT-008", "closing quotation mark"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(content: bytes, code: str, says: str) -> None:
    problem = refusal(content)
    assert problem.code == code
    assert says in problem.sentence
    assert problem.fix
    assert problem.place is not None


def test_a_windows_file_is_refused_at_the_line_that_shows_it() -> None:
    place = refusal("a,b\n1,2\n3,£\n".encode("cp1252")).place
    assert place is not None
    assert (place.line, place.column, place.excerpt) == (3, 3, "3,£")


def test_too_many_rows_are_refused_before_anything_is_made_of_them() -> None:
    assert refusal(b"a,b\n" + b"1,2\n" * 200_001).code == "GT-IMPORT-009"


ANY_CELL = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=8).map(
    str.strip
)


@given(st.lists(st.lists(ANY_CELL, min_size=2, max_size=2), max_size=6))
def test_what_was_written_with_quotes_is_read_back(rows: list[list[str]]) -> None:
    written = "a,b\n" + "".join(
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n" for row in rows
    )
    wanted = [[*row] if row[1] else [row[0]] for row in rows if any(row)]
    assert cells(written.encode())[1:] == wanted


@given(st.binary(max_size=200))
def test_no_bytes_at_all_crash_the_reader(content: bytes) -> None:
    with suppress(Invalid):
        read_csv(content, "return.csv")
