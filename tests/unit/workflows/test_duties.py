"""Whether the people who are there are enough for two pairs of eyes."""

from __future__ import annotations

from tests.unit.workflows.town import Town, library, submission
from workflows.definition import Definition
from workflows.duties import unsatisfiable


def told(definition: Definition, town: Town) -> list[tuple[str, str]]:
    return [(each.code, each.sentence) for each in unsatisfiable(definition, town.organisation, town.staff)]


def test_a_town_with_enough_people_has_nothing_to_be_told() -> None:
    assert told(submission(), Town()) == []
    assert told(library("intervention"), Town()) == []


def test_a_step_that_nobody_can_take_is_told() -> None:
    town = Town()
    town.people = {who: roles for who, roles in town.people.items() if "data_manager" not in roles}
    assert ("GT-FLOW-070", "Nobody can take 'confirm' of submission at present.") in told(submission(), town)


def test_one_person_for_two_duties_is_told() -> None:
    town = Town()
    town.people = {"max": {"data_enterer", "data_manager", "service_manager"}}
    assert told(submission(), town) == [
        ("GT-FLOW-071", "'enter' and 'confirm' of submission need two people; there is only max."),
        (
            "GT-FLOW-071",
            "'restate' and 'approve_restatement' of submission need two people; there is only max.",
        ),
        (
            "GT-FLOW-071",
            "'restate' and 'decline_restatement' of submission need two people; there is only max.",
        ),
    ]
