"""CSV is read as it comes, whatever separates and encodes it, and each cell knows where it stood."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.spreadsheets.csv import read_csv
from engine.importing.table import Table, cell_name
from events.errors import Invalid, Problem


def cells(content: bytes) -> list[list[str]]:
    return [list(row.cells) for row in read_csv(content, "return.csv").open()]


def refusal(content: bytes) -> Problem:
    with pytest.raises(Invalid) as refused:
        list(read_csv(content, "return.csv").open())
    return refused.value.problems[0]


def where(table: Table) -> list[tuple[int, int]]:
    rows = list(table.open())[1:]
    places = [table.place(row, index) for row in rows for index in range(len(row.cells))]
    return [(place.line, place.column) for place in places]


def test_quoted_cells_may_hold_commas_quotes_and_line_breaks() -> None:
    assert cells(b'a,b\r\n"1,5","say ""so""\nplease"\r\n') == [["a", "b"], ["1,5", 'say "so"\nplease']]


def test_a_byte_order_mark_blank_lines_and_empty_cells_at_the_end_are_no_matter() -> None:
    assert cells(b"\xef\xbb\xbfa,b,,\n\n,,,\n1,2,,\n") == [["a", "b"], ["1", "2"]]


def test_every_cell_knows_its_line_and_column() -> None:
    table = read_csv(b'a,b\n"x\ny",2\n3,44\n', "return.csv")
    assert where(table) == [(2, 1), (3, 4), (4, 1), (4, 3)]
    last = list(table.open())[-1]
    assert table.place(last, 1).excerpt == "3,44"
    assert cell_name(last, 1) == "B3"
    assert cell_name(last, 27) == "AB3"


def test_a_file_may_be_read_as_often_as_somebody_asks() -> None:
    table = read_csv(b"a,b\n1,2\n", "return.csv")
    assert list(table.open()) == list(table.open())


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        (b"a;b;c\n1;71,4;3\n2;72,5;4\n", ";"),
        (b"a\tb\n1,5\t2\n", "\t"),
        (b"a|b|c\n1|2|3\n", "|"),
        (b"a,b\n1,2\n", ","),
        (b'"a;b",c\n"1;2",3\n', ","),
        (b"Return for Q1, with notes, and more\na;b;c\n1;2;3\n4;5;6\n", ";"),
        (b"sep=|\na|b,c\n1|2,3\n", "|"),
        (b"alone\n1\n", ","),
    ],
)
def test_the_separator_is_found_by_looking(content: bytes, separator: str) -> None:
    table = read_csv(content, "return.csv")
    assert table.separator == separator
    assert bool(table.notes) == (separator != ",")


def test_a_windows_file_is_read_and_told() -> None:
    table = read_csv("a,b\n1,£\n".encode("cp1252"), "return.csv")
    assert [row.cells for row in table.open()][1] == ("1", "£")
    assert "Windows-1252" in table.notes[0]


def test_a_file_of_both_encodings_is_refused_where_it_shows() -> None:
    problem = refusal("a,b\n1,é\n".encode() + "3,£\n".encode("cp1252"))
    assert problem.code == "GT-IMPORT-001"
    place = problem.place
    assert place is not None
    assert (place.line, place.column) == (3, 3)


def test_an_odd_byte_far_down_the_file_is_found() -> None:
    table = read_csv(b"a,b\n" + b"1,2\n" * 400_000 + b"1,\xa3\n", "return.csv")
    assert "Windows-1252" in table.notes[0]


def test_old_line_ends_are_line_ends() -> None:
    assert cells(b"a,b\r1,2\r") == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", "GT-IMPORT-004", "empty"),
        (b"\n\n,,\n", "GT-IMPORT-004", "empty"),
        (b"PK\x03\x04...", "GT-IMPORT-002", "workbook"),
        ("a,b\n1,2\n".encode("utf-16"), "GT-IMPORT-003", "UTF-16"),
        (b"a,b\n1,\x81\n", "GT-IMPORT-001", "neither"),
        (b'a,b\n1,"2\n', "GT-IMPORT-007", "never closed"),
        (b'a,b\n1,"2"3\n', "GT-IMPORT-008", "closing quotation mark"),
        (b"a,b\n" + b"x" * 100_001, "GT-IMPORT-033", "characters"),
        (b'a,b\n"' + b"x\n" * 100_001, "GT-IMPORT-007", "never closed"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(content: bytes, code: str, says: str) -> None:
    problem = refusal(content)
    assert problem.code == code
    assert says in problem.sentence
    assert problem.fix
    assert problem.place is not None


ANY_CELL = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=8).map(
    str.strip
)


@given(st.lists(st.lists(ANY_CELL, min_size=2, max_size=2), max_size=6), st.sampled_from(",;\t|"))
def test_what_was_written_with_quotes_is_read_back(rows: list[list[str]], mark: str) -> None:
    written = f"a{mark}b\n" + "".join(
        mark.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n" for row in rows
    )
    wanted = [[*row] if row[1] else [row[0]] for row in rows if any(row)]
    table = read_csv(written.encode(), "return.csv", mark)
    assert [list(row.cells) for row in table.open()][1:] == wanted


@given(st.binary(max_size=200))
def test_no_bytes_at_all_crash_the_reader(content: bytes) -> None:
    numbers: list[int] = []
    with suppress(Invalid):
        numbers.extend(row.number for row in read_csv(content, "return.csv").open())
    assert numbers == sorted(set(numbers))


def test_the_line_by_which_excel_names_the_separator_is_no_row_and_keeps_its_number() -> None:
    (first, _) = read_csv(b"sep=;\na;b\n1;2\n", "return.csv").open()
    assert (first.cells, first.line, first.number) == (("a", "b"), 2, 2)
