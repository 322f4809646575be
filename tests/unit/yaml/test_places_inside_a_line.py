"""A problem inside a line of its own stands where the eye finds it, however the line is quoted."""

import pytest

from adapters.yaml import YamlDocuments


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("when: a < b", 11),
        ("when: 'a < b'", 12),
        ('when: "a < b"', 12),
        ("when:   a < b  # said", 13),
        ("{when: a < b}", 12),
    ],
)
def test_a_character_of_a_value_is_found_in_its_line(text, column):
    assert YamlDocuments().read(text, "pack.yaml").place(["when"], into=4).column == column


def test_a_quote_that_is_written_twice_is_one_character():
    document = YamlDocuments().read("when: '''a'' < b'", "pack.yaml")
    assert document.tree["when"][4:] == "< b"
    assert document.place(["when"], into=4).column == 14


def test_an_escape_is_one_character():
    document = YamlDocuments().read(r'when: "\"a\" < b"', "pack.yaml")
    assert document.tree["when"][4:] == "< b"
    assert document.place(["when"], into=4).column == 14


@pytest.mark.parametrize("text", ["when: >\n  a < b\n", "when: |\n  a < b\n", "when: a\n  < b\n"])
def test_of_a_value_that_goes_on_below_its_beginning_is_shown(text):
    place = YamlDocuments().read(text, "pack.yaml").place(["when"], into=3)
    assert (place.line, place.column) == (1, 7)
