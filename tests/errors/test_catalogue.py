"""Every message has a file that provokes it, says what the catalogue says, and leaves no code out."""

import pytest

from tests.errors.catalogue import codes_in_source, entries

ENTRIES = entries()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_the_input_provokes_the_message_as_it_is_written(entry):
    problems = [problem for problem in entry.provoke() if problem.code == entry.code]
    assert problems, f"{entry.code} did not come up"
    said = [(problem.sentence, problem.fix) for problem in problems]
    assert (entry.says, entry.fix) in said
    if entry.at:
        assert entry.at in [
            f"{problem.place.line}:{problem.place.column}" for problem in problems if problem.place
        ]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_a_message_is_a_sentence(entry):
    assert entry.says[0] == entry.says[0].upper() or entry.says[0] in "'\"{"
    assert entry.says.endswith((".", "?"))
    assert not entry.fix or entry.fix[0] == entry.fix[0].upper() or entry.fix[0] in "'\"{"


def test_every_code_in_the_product_has_an_entry():
    known = {entry.code for entry in ENTRIES}
    missing = {code: file for code, file in codes_in_source().items() if code not in known}
    assert missing == {}


def test_no_entry_outlives_its_message():
    assert {entry.code for entry in ENTRIES} - set(codes_in_source()) == set()
