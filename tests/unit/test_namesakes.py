"""Names are told apart by their letters."""

from __future__ import annotations

import pytest

from engine.namesakes import called_so, looks_like_an_id, one_name


@pytest.mark.parametrize(
    "spelling",
    ["Zoë O'Neil", "zoe o'neil", "ZOË  O’NEIL", " Zoe\u0308 O'Neil ", "Zo\u200beë O'Neil".replace("eë", "ë")],
)
def test_one_name_in_many_spellings(spelling: str) -> None:
    assert one_name(spelling) == one_name("Zoë O'Neil")


def test_other_letters_are_another_name() -> None:
    assert one_name("Jon Smith") != one_name("John Smith")
    assert called_so("jon smith", {"p1": "John Smith", "p2": "Jon Smith", "p3": "JON  SMITH"}) == ["p2", "p3"]


@pytest.mark.parametrize(
    ("name", "like"), [("p3", True), ("P12", True), ("System", True), ("P", False), ("Pia 3", False)]
)
def test_names_like_ids(name: str, like: bool) -> None:
    assert looks_like_an_id(name) is like
