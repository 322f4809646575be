"""A step that everybody takes who holds its role: however many there are, nobody is left out and nobody counts twice."""

from __future__ import annotations

from tests.unit.workflows.quorum import JULY_1, JULY_2, JULY_3, JULY_6, PLAN, plan
from tests.unit.workflows.town import WORDS, Story, Town, house, tree
from workflows.compile import compile_definition
from workflows.definition import canonical, restore

EVERYBODY = PLAN.replace("quorum: 2", "quorum: everyone")


def drafted(town: Town) -> Story:
    """A plan that waits for everybody's agreement."""
    story = Story(plan(EVERYBODY), town)
    story.take("propose", "sue", JULY_1, aim=WORDS)
    return story


def managed_by(*people: str) -> Town:
    """These are the data managers, and nobody else is."""
    town = Town()
    for roles in town.people.values():
        roles.discard("data_manager")
    for person in people:
        town.people.setdefault(person, set()).add("data_manager")
    return town


def test_it_moves_with_the_last_of_them() -> None:
    story = drafted(managed_by("max", "mary", "olga"))
    story.approve("agree", "max", JULY_2, ends="2026-09-01")
    story.approve("agree", "olga", JULY_2, ends="2026-09-01")
    assert story.now.state == "drafted"
    story.take("agree", "mary", JULY_3, ends="2026-09-01")
    assert story.now.state == "agreed"


def test_where_one_person_holds_the_role_that_person_is_enough() -> None:
    story = drafted(managed_by("max"))
    story.take("agree", "max", JULY_2, ends="2026-09-01")
    assert story.now.state == "agreed"


def test_nobody_signs_for_two() -> None:
    story = drafted(managed_by("max", "mary"))
    story.approve("agree", "max", JULY_2, ends="2026-09-01")
    assert story.codes("agree", "max", JULY_3, ends="2026-09-01") == {"GT-PEOPLE-037"}


def test_whoever_stands_in_signs_for_one_of_them() -> None:
    town = managed_by("max", "mary")
    town.delegations = {("emma", "max")}
    story = drafted(town)
    story.approve("agree", "emma", JULY_2, acting_for="max", ends="2026-09-01")
    story.take("agree", "mary", JULY_3, ends="2026-09-01")
    assert story.now.state == "agreed"


def test_whoever_comes_to_the_role_meanwhile_is_wanted_too_and_whoever_leaves_it_is_not() -> None:
    town = managed_by("max", "mary")
    story = drafted(town)
    story.approve("agree", "max", JULY_2, ends="2026-09-01")
    town.people["mary"].discard("data_manager")
    town.people.setdefault("olga", set()).add("data_manager")
    story.take("agree", "olga", JULY_6, ends="2026-09-01")
    assert story.now.state == "agreed"


def test_whoever_may_not_because_of_an_earlier_step_is_not_waited_for() -> None:
    town = managed_by("max", "mary")
    town.people["max"].add("service_manager")
    story = Story(plan(EVERYBODY), town)
    story.take("propose", "max", JULY_1, aim=WORDS)
    story.take("agree", "mary", JULY_2, ends="2026-09-01")
    assert story.now.state == "agreed"


def test_it_is_kept_with_the_definition_and_one_is_as_if_nothing_were_said() -> None:
    assert restore(canonical(plan(EVERYBODY))).step("agree").everyone
    said, unsaid = (plan(PLAN.replace("    quorum: 2\n", text)) for text in ("    quorum: one\n", ""))
    assert said.digest == unsaid.digest


def test_the_system_is_not_one_of_everybody() -> None:
    text = EVERYBODY.replace("    by: data_manager\n", "    by: [data_manager, system]\n")
    _, problems = compile_definition(tree(text), parameters={}, organisation=house())
    assert "GT-PEOPLE-035" in {problem.code for problem in problems}


def test_once_everybody_who_is_left_has_signed_one_of_them_takes_it_once_more_to_complete_it() -> None:
    town = managed_by("max", "mary", "olga")
    story = drafted(town)
    story.approve("agree", "max", JULY_2, ends="2026-09-01")
    story.approve("agree", "olga", JULY_2, ends="2026-09-01")
    town.people["mary"].discard("data_manager")
    assert story.codes("agree", "mary", JULY_3, ends="2026-09-01") == {"GT-STEP-005"}
    (agree,) = (each for each in story.refused("agree", "mary", JULY_3).possible if each.step == "agree")
    assert (agree.completes, agree.people) == (True, ("max", "olga"))
    story.take("agree", "olga", JULY_3, ends="2026-09-01")
    assert story.now.state == "agreed"


def test_it_is_not_completed_while_somebody_who_holds_the_role_has_not_signed() -> None:
    town = managed_by("max", "mary", "olga")
    story = drafted(town)
    story.approve("agree", "max", JULY_2, ends="2026-09-01")
    town.people["mary"].discard("data_manager")
    refused = story.refused("agree", "max", JULY_3, ends="2026-09-01")
    assert [each.code for each in refused.reasons] == ["GT-PEOPLE-037"]
    assert "None" not in f"{refused.reasons[0].sentence} {refused.reasons[0].fix}"


def test_where_everybody_who_signed_has_left_the_role_nobody_completes_it() -> None:
    town = managed_by("max", "mary")
    story = drafted(town)
    story.approve("agree", "max", JULY_2, ends="2026-09-01")
    for person in ("max", "mary"):
        town.people[person].discard("data_manager")
    refused = story.refused("agree", "max", JULY_3, ends="2026-09-01")
    assert {each.code for each in refused.reasons} == {"GT-STEP-005", "GT-PEOPLE-037"}
    assert "None" not in " ".join(f"{each.sentence} {each.fix}" for each in refused.reasons)
