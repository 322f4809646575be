"""A step that several people take together: who counts, what they approve, and when it counts no longer."""

from __future__ import annotations

import pytest

from tests.unit.workflows.quorum import JULY_1, JULY_2, JULY_3, JULY_6, PLAN, agreed_by_one, drafted, plan
from tests.unit.workflows.town import WORDS, Town, house, tree
from workflows.approvals import lapsed
from workflows.compile import compile_definition
from workflows.decide import Decision
from workflows.definition import canonical, restore
from workflows.duties import unsatisfiable

OTHER_WORDS = "text:" + "1" * 64


def test_the_move_comes_with_the_last() -> None:
    story = agreed_by_one()
    assert story.now.state == "drafted"
    done = story.take("agree", "mary", JULY_3, ends="2026-09-01")
    assert story.now.state == "agreed"
    assert done.fields["ends"] == "2026-09-01"
    assert story.now.approvals == ()


def test_everybody_who_approved_counts_as_having_taken_the_step() -> None:
    story = agreed_by_one()
    story.take("agree", "mary", JULY_3, ends="2026-09-01")
    assert {"max", "mary"} <= {taker.person for taker in story.now.history if taker.step == "agree"}
    assert story.codes("end", "max", JULY_6) == {"GT-STEP-011"}
    assert story.codes("end", "mary", JULY_6) == {"GT-STEP-011"}
    assert isinstance(story.ask("end", "sue", JULY_6), Decision)


def test_nobody_approves_twice() -> None:
    story = agreed_by_one()
    assert story.codes("agree", "max", JULY_3, ends="2026-09-01") == {"GT-PEOPLE-037"}


def test_nobody_approves_twice_through_a_delegation() -> None:
    town = Town()
    town.delegations = {("max", "mary"), ("mary", "max"), ("emma", "max")}
    story = agreed_by_one(town)
    for who, whom in (("max", "mary"), ("mary", "max"), ("emma", "max")):
        assert story.codes("agree", who, JULY_3, acting_for=whom, ends="2026-09-01") == {"GT-PEOPLE-037"}
    assert isinstance(story.ask("agree", "mary", JULY_3, ends="2026-09-01"), Decision)


def test_somebody_who_stands_in_counts_as_one_with_the_one_they_stand_in_for() -> None:
    town = Town()
    town.delegations = {("emma", "max")}
    story = drafted(town)
    story.approve("agree", "emma", JULY_2, acting_for="max", ends="2026-09-01")
    assert story.codes("agree", "max", JULY_3, ends="2026-09-01") == {"GT-PEOPLE-037"}
    story.take("agree", "mary", JULY_3, ends="2026-09-01")
    assert story.codes("end", "max", JULY_6) == {"GT-STEP-011"}


def test_whoever_asked_for_it_does_not_approve_it() -> None:
    town = Town()
    town.people["sue"] = {"service_manager", "data_manager"}
    assert drafted(town).codes("agree", "sue", JULY_2, ends="2026-09-01") == {"GT-STEP-011"}


def test_an_approval_still_counts_when_nothing_has_changed() -> None:
    story = agreed_by_one()
    story.take("remark", "ann", JULY_2)
    assert lapsed(story.definition, story.now) == ()
    assert isinstance(story.ask("agree", "mary", JULY_3, ends="2026-09-01"), Decision)


@pytest.mark.parametrize("change", [{"aim": OTHER_WORDS}, {"aim": WORDS, "cost": "101"}])
def test_an_approval_lapses_when_what_was_approved_changes(change: dict[str, str]) -> None:
    story = agreed_by_one()
    story.take("change", "ann", JULY_2, fields=change)
    assert [each.person for each in lapsed(story.definition, story.now)] == ["max"]
    story.approve("agree", "mary", JULY_3, ends="2026-09-01")
    assert story.now.state == "drafted"
    assert isinstance(story.ask("agree", "max", JULY_3, ends="2026-09-01"), Decision)


def test_an_approval_lapses_when_the_matter_has_moved_on_and_come_back() -> None:
    text = PLAN.replace(
        "  - {do: reopen,",
        "  - {do: shelve, from: drafted, to: shelved, by: service_manager}\n"
        "  - {do: take_up, from: shelved, to: drafted, by: service_manager}\n"
        "  - {do: reopen,",
    ).replace("  ended: {", "  shelved: {no_deadline: it waits}\n  ended: {")
    story = drafted(text=text)
    story.approve("agree", "max", JULY_2, ends="2026-09-01")
    story.take("shelve", "sue", JULY_2)
    assert [each.person for each in lapsed(story.definition, story.now)] == ["max"]


def test_an_approval_lapses_when_whoever_gave_it_has_a_hand_in_it_afterwards() -> None:
    town = Town()
    town.people["max"] = {"data_manager", "data_enterer"}
    story = agreed_by_one(town)
    story.take("change", "max", JULY_2, aim=WORDS)
    assert [each.person for each in lapsed(story.definition, story.now)] == ["max"]
    story.approve("agree", "mary", JULY_3, ends="2026-09-01")
    assert story.codes("agree", "max", JULY_3, ends="2026-09-01") == {"GT-STEP-011"}


def test_those_who_approve_together_approve_the_same() -> None:
    story = agreed_by_one()
    assert story.codes("agree", "mary", JULY_3, ends="2026-12-01") == {"GT-PEOPLE-032"}


def test_each_may_give_reasons_of_their_own() -> None:
    story = drafted()
    story.approve("agree", "max", JULY_2, ends="2026-09-01", reason=WORDS)
    assert isinstance(story.ask("agree", "mary", JULY_3, ends="2026-09-01", reason=OTHER_WORDS), Decision)


def test_the_second_approval_is_not_before_the_first() -> None:
    story = agreed_by_one()
    assert story.codes("agree", "mary", JULY_1, received=JULY_3, ends="2026-09-01") == {"GT-PEOPLE-033"}


def test_a_refusal_says_who_has_approved_and_who_may_still() -> None:
    refusal = agreed_by_one().refused("agree", "max", JULY_3, ends="2026-09-01")
    step = next(each for each in refusal.possible if each.step == "agree")
    assert (step.quorum, step.approved, step.people) == (2, ("max",), ("mary",))


def test_a_definition_with_a_quorum_is_kept_and_one_without_is_as_it_was() -> None:
    with_one, without = plan(), plan(PLAN.replace("    quorum: 2\n", ""))
    assert restore(canonical(with_one)) == with_one
    assert b"quorum" in canonical(with_one)
    assert b"quorum" not in canonical(without)


@pytest.mark.parametrize(("quorum", "code"), [("1", "GT-PEOPLE-034"), ("0", "GT-FLOW-007")])
def test_a_quorum_of_one_is_refused(quorum: str, code: str) -> None:
    text = PLAN.replace("quorum: 2", f"quorum: {quorum}")
    _, problems = compile_definition(tree(text), parameters={}, organisation=house())
    assert code in {problem.code for problem in problems}


def short(town: Town, text: str = PLAN) -> list[str]:
    return [each.sentence for each in unsatisfiable(plan(text), town.organisation, town.staff)]


def test_too_few_people_for_a_quorum_are_told() -> None:
    town = Town()
    assert short(town) == []
    del town.people["mary"]
    assert "'agree' of plan needs 2 people together; there is only max." in short(town)


def test_somebody_away_is_not_there_to_approve_but_their_stand_in_is() -> None:
    town = Town()
    town.absences = {"mary": None}
    assert "'agree' of plan needs 2 people together; there is only max." in short(town)
    town.delegations = {("max", "mary")}
    assert "'agree' of plan needs 2 people together; there is only mary and max." in short(town)
    town.delegations = {("emma", "mary")}
    assert short(town) == []


def test_a_quorum_needs_people_beside_those_who_drafted() -> None:
    town = Town()
    town.people = {"max": {"data_manager", "service_manager"}, "mary": {"data_manager", "service_manager"}}
    assert "'propose' and 'agree' of plan need 3 people; there is only mary and max." in short(town)
    town.people["ann"] = {"data_enterer"}
    told = short(town)
    assert not [sentence for sentence in told if "'agree' of" in sentence and "propose" in sentence]
