"""What has no explanation of its own is said to be what it is, with the command that shows it."""

from __future__ import annotations

from datetime import date

import pytest

from engine.commands import AddPerson
from engine.queries.explaining.explain import explain
from engine.queries.explaining.explanation import Explanation
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.testing.council import Council
from events.errors import Invalid, NotFound
from tests.office import office_of

TODAY = date(2017, 8, 28)


def explained(council: Council, text: str) -> Explanation:
    return explain(council.engine, text, TODAY, names=Names.of(office_of(council)))


def another(council: Council, name: str) -> str:
    """Somebody of a name that another person bears already."""
    text = council.text(name)
    council.ask(AddPerson(name=text.ref, another=True), "p1", texts=(text,))
    return max(office_of(council).directory(), key=lambda person: int(person[1:]))


NAMED = {
    "AE4": ("AE4 is an indicator: ", "goldenthread indicator show AE4"),
    "acute": ("acute is a service: ", "goldenthread matter list --service acute"),
    "CPEG": ("CPEG is a body of the pack.", "goldenthread matter list --body CPEG"),
    "p3": ("p3 is a person: ", "goldenthread log search --by p3"),
    "data_manager": ("data_manager is a role: ", "goldenthread role list"),
    "turned_red": ("turned_red is a trigger of the pack.", "--trigger turned_red"),
    "intervention": (
        "intervention is a workflow of the pack.",
        "goldenthread matter list --workflow intervention",
    ),
    "2017-06": ("2017-06 is a period, a month.", "goldenthread period show 2017-06"),
}


@pytest.mark.parametrize("text", NAMED)
def test_it_is_said_what_it_is_and_what_shows_it(council: Council, text: str) -> None:
    heading, way = NAMED[text]
    explanation = explained(council, text)
    assert explanation.heading.startswith(heading)
    assert any(way in line.what for line in explanation.lines)


def test_a_pack_is_named_by_the_name_under_which_it_was_adopted(council: Council) -> None:
    adopted = Reader(council.engine).framework.adopted[-1]
    assert f"is a pack, version {adopted.version}" in explained(council, adopted.pack).heading


def test_what_several_things_are_called_is_said_of_each(council: Council) -> None:
    council.service("CPEG")
    people = [council.hire("Ann Other"), another(council, "Ann Other")]
    both = explained(council, "CPEG")
    assert both.heading == "CPEG names more than one thing"
    assert [line.what for line in both.lines if line.what.startswith("It is")] == [
        "It is a service: Cpeg.",
        "It is a body of the pack.",
    ]
    told = [line.what for line in explained(council, "ann other").lines if line.what.startswith("It is")]
    assert told == [f"It is a person: Ann Other ({person})." for person in people]


def test_a_code_that_looks_like_the_number_of_a_matter_is_named_too(council: Council) -> None:
    council.indicator("CH-4", "acute", target="95")
    assert explained(council, "CH-4").heading.startswith("CH-4 is an indicator: ")
    with pytest.raises(NotFound, match="no matter 'CH-5'"):
        explained(council, "CH-5")


def test_what_nothing_is_called_is_refused(council: Council) -> None:
    with pytest.raises(Invalid, match="'the red one' names no figure"):
        explained(council, "the red one")
