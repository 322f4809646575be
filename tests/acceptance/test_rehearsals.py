"""A dry run says what the real thing says, with every text that was given on the command line."""

from __future__ import annotations

import pytest

from .conftest import FIGURE, Council
from .test_kent import OCTOBER, declared, kent

__all__ = ["kent"]

LONG_AFTER = "2012-01-10T09:00:00+00:00"
OPENING = "Nothing is written; this would happen: "
WRITES = [
    ("person", "add", "Nora New", "--as", "p1"),
    ("absence", "add", "Dev Shah", "--until", "2009-02-01", "--reason", "On leave", "--as", "Dev Shah"),
    ("delegate", "add", "Dev Shah", "Eve Hall", "--reason", "While on leave", "--as", "Dev Shah"),
    ("figure", "none", FIGURE, "--reason", "The system was down", "--as", "Dev Shah"),
    ("trigger", "mute", "concern", "CH04/childrens", "--until", "2009-04-01", "--reason", "Known", "--as", "p1"),
]  # fmt: skip


def same_in_earnest(council: Council, words: tuple[str, ...]) -> str:
    """What a command says, rehearsed as sentences and as JSON, then done."""
    rehearsed, in_json = council.run(*words, "--dry-run"), council.run(*words, "--dry-run", "--json")
    assert rehearsed.code == 0, rehearsed.err
    done = council.run(*words)
    assert done.code == 0, done.err
    said = [line for line in done.out.splitlines() if not line.startswith("Event")]
    assert rehearsed.out.startswith(OPENING)
    assert rehearsed.out.removeprefix(OPENING).splitlines() == said == in_json.json["said"]
    return done.out


@pytest.mark.parametrize("words", WRITES, ids=lambda words: " ".join(words[:2]))
def test_a_rehearsal_says_what_the_real_thing_says(town: Council, words: tuple[str, ...]) -> None:
    assert "not in this book" not in same_in_earnest(town, words)


def test_the_closing_of_a_period_is_rehearsed_with_the_reason_that_was_given(kent: Council) -> None:
    kent.at = OCTOBER
    declared(kent, "2011-Q2", "61", "red")
    words = (
        "period",
        "close",
        "2011-Q2",
        "--with-missing",
        "--because",
        "It was down",
        "--as",
        "Pat Performance",
    )
    assert "“It was down”" in same_in_earnest(kent, words)


def test_a_tick_is_rehearsed_in_the_words_of_the_tick_and_nothing_is_written(kent: Council) -> None:
    kent.at = OCTOBER
    declared(kent, "2011-Q2", "61", "red")
    kent.at = LONG_AFTER
    before = kent.events()
    done = same_in_earnest(kent, ("tick",))
    assert "has gone by." in done
    assert ": reminded Accountable Officer" in done
    written = kent.events()
    assert written > before
    nothing = kent.run("tick", "--dry-run")
    assert (nothing.code, nothing.out) == (0, "Nothing is due.\n")
    assert kent.events() == written


def test_a_rehearsed_tick_leaves_every_byte_of_the_file(kent: Council) -> None:
    if kent.db:
        pytest.skip("This book is not a file; its rows are compared in tests/integration/test_foretold.py.")
    kent.at = OCTOBER
    declared(kent, "2011-Q2", "61", "red")
    kent.at = LONG_AFTER
    held = {path: path.read_bytes() for path in kent.folder.glob("*.goldenthread*") if path.stat().st_size}
    assert kent.run("tick", "--dry-run").out.startswith(OPENING)
    assert held == {path: path.read_bytes() for path in held}
