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
