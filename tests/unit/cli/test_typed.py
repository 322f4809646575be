"""Bytes that are no text are told as such, whichever argument or option holds them."""

import pytest

from tests.errors.console import council_folder, goldenthread


@pytest.mark.parametrize(
    "words",
    [
        ["indicator", "show", "K\udcff"],
        ["service", "add", "roads", "--as", "Ada\udcff"],
        ["-C", "s\udcff", "dashboard"],
        ["figure", "query", "HW1/highways/2026-04", "--reason", "\udcff", "--as", "Tom"],
    ],
)
def test_an_argument_that_is_no_text_is_told_and_nothing_is_run(words: list[str]) -> None:
    with council_folder():
        left_with, (problem,) = goldenthread(words)
    assert (left_with, problem.code) == (2, "GT-USE-120")
    assert "·' holds bytes" in problem.sentence


@pytest.mark.parametrize("number", ["-3", "-0.5", "-.5"])
def test_a_number_below_zero_that_is_taken_for_an_option_is_told_how_it_is_given(number: str) -> None:
    figure = ["figure", "enter", "HW1/highways/2026-06"]
    with council_folder():
        left_with, (problem,) = goldenthread([*figure, number, "--as", "Priya"])
        assert (left_with, problem.code) == (2, "GT-USE-001")
        assert problem.fix.startswith("A figure that begins with a minus is given with --value")
        _, told = goldenthread([*figure, "--value", number, "--as", "Priya"])
        assert "GT-USE-001" not in {each.code for each in told}
        _, (other,) = goldenthread(["service", "add", "-3"])
    assert "--value" not in other.fix
