"""Numbers as people leave them in spreadsheets are refused with what was probably meant, never guessed at."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.importing.numbers import read_number
from events.errors import Problem


def said(text: str) -> str:
    problem = read_number(text)
    assert isinstance(problem, Problem)
    return f"{problem.code} {problem.sentence} {problem.fix}"


@pytest.mark.parametrize("text", ["57.1", "-3", "0", "1000000", "0.125"])
def test_plain_numbers_are_taken_exactly(text: str) -> None:
    assert read_number(text) == Decimal(text)


@pytest.mark.parametrize("text", ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!"])
def test_spreadsheet_errors_are_called_what_they_are(text: str) -> None:
    assert f'GT-IMPORT-013 "{text}" is a spreadsheet error.' in said(text)


@pytest.mark.parametrize("text", ["n/a", "N/A", "-", "–", "nil", "tbc", "No data"])
def test_words_for_no_figure_are_not_zero(text: str) -> None:
    assert said(text).startswith("GT-IMPORT-014")
    assert "It is not 0." in said(text)


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("57.1%", "GT-IMPORT-015", "57.1"),
        ("57.1 %", "GT-IMPORT-015", "57.1"),
        ("1,234", "GT-IMPORT-016", "1234"),
        ("1 234 567.5", "GT-IMPORT-016", "1234567.5"),
        ("57,1", "GT-IMPORT-017", "57.1"),
        ("(12)", "GT-IMPORT-017", "-12"),
        ("−5", "GT-IMPORT-017", "-5"),
        ("£12.50", "GT-IMPORT-017", "12.50"),
    ],
)
def test_other_spellings_are_refused_with_what_was_meant(text: str, code: str, meant: str) -> None:
    assert said(text).startswith(code)
    assert meant in said(text)


@pytest.mark.parametrize("text", ["1e5", "NaN", "Infinity", "abc", "=A1", "12 apples", "1_000"])
def test_anything_else_is_no_number(text: str) -> None:
    assert isinstance(read_number(text), Problem)
