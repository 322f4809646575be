"""Two people of one name are told apart by their ids wherever both could be meant, and an auditor is told of them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from adapters.cli.app import run
from engine.commands import AddPerson, AssignRole
from engine.queries.explaining.explain import explain
from engine.queries.names import Names
from engine.queries.people import people
from engine.queries.separation import audit_duties
from engine.testing.council import Council
from goldenthread.__main__ import Program
from tests.errors.console import council_folder
from tests.office import office_of

ANALYST, MANAGER = "p3", "p4"
TODAY = date(2017, 8, 28)
FIGURE = "AE4/acute/2017-06"


def named(council: Council, name: str) -> str:
    """Somebody of whatever name, a data manager."""
    text = council.text(name)
    council.ask(AddPerson(name=text.ref, another=True), "p1", texts=(text,))
    person = max(office_of(council).directory(), key=lambda each: int(each[1:]))
    council.ask(AssignRole(person=person, role="data_manager", start=date(2000, 1, 1)), "p1")
    return person


@pytest.fixture
def two(council: Council) -> tuple[str, str]:
    """One enters a figure and the other confirms it."""
    one, other = named(council, "Tom Ellery"), named(council, "TOM  Ellery")
    council.figure(one, "enter", FIGURE, "90")
    council.figure(other, "confirm", FIGURE)
    return one, other


def test_an_explanation_says_which_of_the_two_it_was(council: Council, two: tuple[str, str]) -> None:
    one, other = two
    told = [
        line.what for line in explain(council.engine, FIGURE, TODAY, names=Names.of(office_of(council))).lines
    ]
    assert any(f"entered by Tom Ellery ({one})" in each for each in told)
    assert any(f"confirmed by TOM  Ellery ({other})" in each for each in told)


def test_the_list_of_people_has_the_id_in_a_column_of_its_own(council: Council, two: tuple[str, str]) -> None:
    found = {
        each.person: each.name for each in people(council.engine, TODAY, names=Names.of(office_of(council)))
    }
    assert [found[person] for person in two] == ["Tom Ellery", "TOM  Ellery"]


def test_who_bears_a_name_alone_is_told_by_it_alone(council: Council, two: tuple[str, str]) -> None:
    names = Names.of(office_of(council))
    alone = council.hire("Ann Other")
    assert Names.of(office_of(council)).person(alone) == "Ann Other"
    assert names.person("system") == "the system"


def test_an_auditor_is_told_that_both_hands_bear_one_name(council: Council, two: tuple[str, str]) -> None:
    found = audit_duties(council.engine, names=Names.of(office_of(council)))
    (near,) = [each for each in found if each.kind == "same name"]
    assert (near.severity, near.about, near.persons) == ("near", FIGURE, tuple(sorted(two)))
    assert near.sentence.endswith(f"{two[0]} and {two[1]} are of the same name.")


def test_people_of_other_names_and_people_whose_names_are_erased_are_not_of_one_name(
    council: Council,
) -> None:
    council.figure(ANALYST, "enter", FIGURE, "90")
    council.figure(MANAGER, "confirm", FIGURE)
    for names in (
        Names.of(office_of(council)),
        Names({ANALYST: "(name erased)", MANAGER: "(name erased)"}),
        Names(),
    ):
        assert "same name" not in {each.kind for each in audit_duties(council.engine, names=names)}


def test_what_is_told_of_a_command_says_which_of_the_two_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    with council_folder():
        for more in ([], ["--another"]):
            capsys.readouterr()
            assert run(Program(), ["person", "add", "Tom Ellery", *more, "--as", "Ada Lead"]) == 0
        person = re.findall(r"is (p\d+)\.", capsys.readouterr().out)[-1]
        assert run(Program(), ["role", "assign", person, "data_manager", "--as", "Ada Lead"]) == 0
    assert capsys.readouterr().out.startswith(f"Tom Ellery ({person}) is data_manager from ")
