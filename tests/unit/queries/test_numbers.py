"""Numbers as people leave them in spreadsheets: taken where only one can be meant, else refused with what it may be."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.importing.numbers import NOTHING, Form, read_number
from engine.importing.reading import Reading, Unread

PERCENT, POUNDS = Form("percent"), Form("pounds")
FRACTION = Form("percent", fraction=True)
SEMICOLONS, GERMAN = Form(comma=None), Form(comma=True)


def said(text: str, form: Form = Form()) -> str:  # noqa: B008  # it is frozen
    found = read_number(text, form)
    assert isinstance(found, Unread), found
    return f"{found.code} {found.sentence} {found.fix}"


def taken(text: str, form: Form = Form()) -> tuple[str, tuple[str, ...]]:  # noqa: B008  # it is frozen
    found = read_number(text, form)
    assert isinstance(found, Reading), found
    return format(found.value, "f"), found.how


@pytest.mark.parametrize("text", ["57.1", "-3", "0", "1000000", "0.125"])
def test_plain_numbers_are_taken_exactly_and_nothing_is_said_of_them(text: str) -> None:
    assert read_number(text, Form()) == Reading(Decimal(text))


@pytest.mark.parametrize(
    ("text", "form", "meant", "how"),
    [
        ("57.1%", PERCENT, "57.1", "a percent sign"),
        ("57.1 %", PERCENT, "57.1", "a percent sign"),
        ("71.4%", FRACTION, "71.4", "a percent sign"),
        ("0.714", FRACTION, "71.400", "a fraction as a percentage"),
        ("1,234", Form(), "1234", "separators between thousands"),
        ("1 234 567.5", Form(), "1234567.5", "separators between thousands"),
        ("£12.50", POUNDS, "12.50", "£ left out"),
        ("-£12.50", POUNDS, "-12.50", "£ left out"),
        ("(12)", Form(), "-12", "brackets as a minus"),
        ("−5", Form(), "-5", "another dash as a minus"),  # as a spreadsheet writes it
        ("71,4", SEMICOLONS, "71.4", "a decimal comma"),
        ("1,234", GERMAN, "1.234", "a decimal comma"),
    ],
)
def test_what_can_mean_one_number_alone_is_taken_and_told(
    text: str, form: Form, meant: str, how: str
) -> None:
    assert taken(text, form) == (meant, (how,))


def test_several_spellings_in_one_cell_are_all_told() -> None:
    assert taken("(£1,234.50)", POUNDS) == (
        "-1234.50",
        ("brackets as a minus", "£ left out", "separators between thousands"),
    )
    assert taken("1.234,5", SEMICOLONS) == ("1234.5", ("separators between thousands", "a decimal comma"))


@pytest.mark.parametrize("text", ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#SPILL!"])
def test_spreadsheet_errors_are_called_what_they_are(text: str) -> None:
    assert f'GT-IMPORT-013 "{text}" is a spreadsheet error.' in said(text)


def test_a_column_that_was_too_narrow_is_called_that() -> None:
    assert "column is too narrow" in said("######")


@pytest.mark.parametrize("text", sorted(NOTHING))
def test_words_for_no_figure_are_not_zero(text: str) -> None:
    assert said(text.upper()).startswith("GT-IMPORT-014")
    assert "It is not 0." in said(text)


@pytest.mark.parametrize(
    ("text", "form", "code", "meant"),
    [
        ("57.1%", Form("days"), "GT-IMPORT-015", "measured in days"),
        ("57,1", Form(), "GT-IMPORT-017", "57.1"),
        ("1,23", Form(), "GT-IMPORT-017", "1.23"),
        ("1.000,5", Form(), "GT-IMPORT-017", "mean 1000.5?"),
        ("1.000.000", Form(), "GT-IMPORT-017", "mean 1000000?"),
        ("57.1", GERMAN, "GT-IMPORT-340", "mean 57,1?"),
        ("1,000.5", GERMAN, "GT-IMPORT-340", "mean 1000,5?"),
        ("1,000,000", GERMAN, "GT-IMPORT-340", "mean 1000000?"),
        (".5", GERMAN, "GT-IMPORT-340", "mean 0,5?"),
        ("(57.1)", GERMAN, "GT-IMPORT-340", "mean -57,1?"),
        ("57.1%", Form("percent", comma=True), "GT-IMPORT-340", "mean 57,1?"),
        ("£1,000.5", Form("pounds", comma=True), "GT-IMPORT-340", "mean 1000,5?"),
        ("=A1", Form(), "GT-IMPORT-034", "formula"),
        ("05/06/2026", Form(), "GT-IMPORT-035", "date"),
        ("Jun-26", Form(), "GT-IMPORT-035", "date"),
        ("1.2E+05", Form(), "GT-IMPORT-036", "120000"),
        ("£1.2m", POUNDS, "GT-IMPORT-037", "million"),
        ("£90", PERCENT, "GT-IMPORT-038", "percent"),
        ("€90", POUNDS, "GT-IMPORT-038", "pounds"),
        ("1.234", SEMICOLONS, "GT-IMPORT-039", "may be 1.234 or 1234"),
        ("1,234", SEMICOLONS, "GT-IMPORT-039", "may be 1.234 or 1234"),
    ],
)
def test_what_can_mean_two_things_is_refused_with_both(text: str, form: Form, code: str, meant: str) -> None:
    assert said(text, form).startswith(code)
    assert meant in said(text, form)


@pytest.mark.parametrize("text", ["Infinity", "abc", "12 apples", "1_000", "12,34,567", "", "(a)", "--5"])
def test_anything_else_is_no_number(text: str) -> None:
    assert isinstance(read_number(text, Form()), Unread)


@pytest.mark.parametrize(
    ("text", "mark"), [("91.2*", "*"), ("91.2 (r)", "(r)"), ("91.2†", "†"), ("91.2 [1]", "[1]")]
)
def test_a_footnote_mark_is_told(text: str, mark: str) -> None:
    found = read_number(text, Form())
    assert isinstance(found, Reading)
    assert (found.value, found.mark) == (Decimal("91.2"), mark)


FORMS = st.builds(
    Form, st.sampled_from(["percent", "number", "pounds", "days"]), st.sampled_from([None, True, False]),
    st.sampled_from([None, True, False]),
)  # fmt: skip


@given(st.text(max_size=30), FORMS)
@example("1e99", Form())
@example("(((((5)))))", Form())
def test_no_text_at_all_crashes_the_reader(text: str, form: Form) -> None:
    assert isinstance(read_number(text, form), Reading | Unread)


def test_more_decimals_than_are_kept_are_to_be_rounded_and_it_is_said_to_how_many() -> None:
    assert "Round it to 9 decimals: 33.333333333. Of a fraction" in said("33.33333333333")
    assert "Round it to 9 decimals: -2. Of" in said("-1.99999999999999")
    assert "Round it to 9 decimals. Of" in said("1000000000000.33333333333")


@pytest.mark.parametrize("text", ["57.1", "1,000.5", "abc", "1.2.3", "1,33333333333333", "1.5E-1"])
def test_advice_speaks_of_the_decimal_mark_of_the_file(text: str) -> None:
    assert "decimal point" not in said(text, GERMAN)
    assert not re.search(r"\d\.\d", said(text, GERMAN).replace(text, ""))


@given(st.decimals(-(10**6), 10**6, places=2), st.booleans(), st.booleans())
def test_a_decimal_mark_means_one_thing_in_a_column(value: Decimal, comma: bool, grouped: bool) -> None:
    """A number with the file's own mark is taken exactly; with the other it is refused, and told in the file's own."""
    point = f"{value:,}" if grouped else f"{value}"
    marks = str.maketrans(",.", ".,")
    own, other = (point.translate(marks), point) if comma else (point, point.translate(marks))
    found, form = read_number(own, Form(comma=comma)), Form(comma=comma)
    assert isinstance(found, Reading)
    assert found.value == value
    refused = read_number(other, form)
    assert isinstance(refused, Unread)
    again = read_number(refused.meant, form)
    assert isinstance(again, Reading)
    assert again.value == value


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from([",", " ", "'"]))
def test_a_number_is_the_same_with_separators_and_without(value: Decimal, mark: str) -> None:
    assert read_number(f"{value:,}".replace(",", mark), Form()).value == value  # type: ignore[union-attr]  # an Unread fails the test


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_number_written_the_continental_way_in_a_file_with_semicolons_is_never_another(
    value: Decimal,
) -> None:
    written = f"{value:,}".translate(str.maketrans(",.", ".,"))
    found = read_number(written, SEMICOLONS)
    assert isinstance(found, Reading)
    assert found.value == value
