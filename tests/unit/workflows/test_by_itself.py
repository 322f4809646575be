"""What the product does by itself: a step upon something that happened, or when a day has come; and nobody else may."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.workflows.town import HOUSE, WORDS, Story, house, library, tree
from workflows.compile import compile_definition
from workflows.definition import Definition
from workflows.lint import lint
from workflows.upon import CLEARED, UPON, WITHDRAWN, WORSENED, step_upon

OCTOBER_14 = date(2011, 10, 14)
TEN = {"time_allowed": "10 working days"}
SAID = {"decision": WORDS, "review_on": "2011-12-01"}


def decision() -> Definition:
    return library("decision", decides=["chief_officer"], reviews="service_manager")


def needed() -> Story:
    story = Story(decision())
    story.take("propose", "system", OCTOBER_14, fields=TEN)
    return story


def decided() -> Story:
    story = needed()
    story.take("decide", "otto", date(2011, 10, 20), fields=SAID)
    return story


def test_a_deadline_may_be_as_long_as_a_field_says() -> None:
    story = needed()
    assert story.last_day("decide") == date(2011, 10, 28)
    assert story.now.open["decide"].rule == "10 working days from 14 October 2011"


@pytest.mark.parametrize("length", ["soon", "", "0 days", "10 weeks"])
def test_a_length_of_time_is_one(length: str) -> None:
    codes = Story(decision()).codes("propose", "sue", OCTOBER_14, fields={"time_allowed": length})
    assert codes == {"GT-STEP-014" if length else "GT-STEP-012"}


def test_when_the_day_has_come_the_step_follows_and_counts_on_from_that_day() -> None:
    story = decided()
    assert story.tick(date(2011, 12, 1)) == []
    (passed,) = story.tick(date(2011, 12, 2))
    assert (passed.words, passed.to, passed.proposes) == (
        "Review of the decision: 1 December 2011 has come.",
        None,
        None,
    )
    assert (story.now.state, story.last_day("decide")) == ("needed", date(2011, 12, 15))
    assert story.now.fields["reason"] == "1 December 2011 has come"


def test_after_an_outage_it_counts_from_the_day_on_which_it_followed() -> None:
    story = decided()
    story.tick(date(2011, 12, 12))
    assert story.last_day("decide") == date(2011, 12, 26)


def test_people_do_not_take_what_follows_by_itself() -> None:
    for step in ("review", "reopen", "release", "withdraw"):
        assert "GT-STEP-005" in decided().codes(step, "otto", date(2011, 11, 1))


def test_each_thing_that_happens_has_its_step_where_the_matter_stands() -> None:
    found = {
        (state, happening): step.name if (step := step_upon(decision(), state, happening)) else None
        for state in ("needed", "stands", "not_needed")
        for happening in UPON
    }
    assert found == {
        ("needed", WITHDRAWN): "withdraw",
        ("needed", CLEARED): "release",
        ("needed", WORSENED): None,
        ("stands", WITHDRAWN): "withdraw",
        ("stands", CLEARED): "release",
        ("stands", WORSENED): "reopen",
        ("not_needed", WITHDRAWN): None,
        ("not_needed", CLEARED): None,
        ("not_needed", WORSENED): None,
    }


def test_an_intervention_is_withdrawn_while_it_is_proposed_and_by_the_name_of_its_step() -> None:
    intervention = library("intervention")
    withdrawn = step_upon(intervention, "proposed", WITHDRAWN)
    assert withdrawn is not None
    assert withdrawn.name == "withdraw"
    assert all(
        step_upon(intervention, state, WITHDRAWN) is None for state in ("watched", "reporting", "reported")
    )
    assert all(step_upon(intervention, state.name, CLEARED) is None for state in intervention.states)


PLAN = """
workflow: plan
version: 1
start: {needs: {refer_to: body}}
states:
  asked: {label: Asked for, initial: yes}
  held: {label: On hold, no_deadline: it is on hold}
  done: {label: Done, final: yes}
steps:
  - {do: hold, from: asked, to: held, by: body, needs: {until: date}}
  - {do: resume, from: held, to: asked, by: [service_manager, system], needs: {reason: text}}
  - {do: finish, from: asked, to: done, by: body, needs: {reason: text}, not_same_person_as: resume}
deadlines:
  answer: {in: asked, within: 1 month, remind: [{before: 5 days, to: clerk}], on_pass: {propose: next_rung}}
"""
DIGEST = "0d336a51263349275d49f507d113e165da9b67fbe3be872661403215791006e7"
"""As the first release computed it."""


def test_what_a_definition_does_not_use_is_no_part_of_its_digest() -> None:
    """Books keep definitions by digest: one that says nothing of keys that are new must stay what it was."""
    plan, _ = compile_definition(tree(PLAN), parameters={}, organisation=house())
    assert plan is not None
    assert plan.digest == DIGEST


@pytest.mark.parametrize("name", ["decision", "requirement"])
def test_the_library_has_no_problem_in_it(name: str) -> None:
    given = {"decides": "chief_officer"} if name == "decision" else {"gives": "service_manager"}
    definition = library(
        name, reviews="head", **given, organisation=house(HOUSE.replace("clerk]", "clerk, head]"))
    )
    assert list(lint(definition, house())) == []


def test_a_field_that_no_step_gives_is_no_length_of_a_deadline() -> None:
    text = """
workflow: plan
version: 1
start: {may: {how_long: duration}}
states: {asked: {initial: yes}, done: {final: yes}}
steps: [{do: finish, from: asked, to: done, by: service_manager}]
deadlines: {finish: {in: asked, within: how_long, on_pass: {task: service_manager}}}
"""
    _, problems = compile_definition(tree(text), parameters={}, organisation=house())
    assert [(each.code, each.sentence) for each in problems] == [
        ("GT-FLOW-050", "'propose' sets the deadline 'finish' but does not need 'how_long'.")
    ]
