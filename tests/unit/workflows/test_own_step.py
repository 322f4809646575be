"""A step that is only for whoever took another one: a proposal is withdrawn by its proposer, and by nobody who might be."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.workflows.town import WORDS, Story, Town, house, tree
from workflows.compile import compile_definition
from workflows.decide import Decision, Refusal, Taking, possible
from workflows.definition import Definition
from workflows.duties import unsatisfiable

JULY_1, JULY_2, JULY_6 = date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 6)
PLAN = """
workflow: plan
version: 1
start: {by: [service_manager, CPEG], needs: {reason: text}}
states:
  proposed: {label: Proposed, initial: yes, no_deadline: nobody waits}
  live: {label: Live, rests: yes, no_deadline: it goes on}
  change: {label: A change is proposed, no_deadline: nobody waits}
  withdrawn: {label: Withdrawn, final: yes}
steps:
  - {do: agree, from: proposed, to: live, by: data_manager, not_same_person_as: propose, ends_round: yes}
  - {do: withdraw, from: proposed, to: withdrawn, by: [service_manager, CPEG], same_person_as: propose, needs: {reason: text}}
  - {do: withdraw_for_them, from: proposed, to: withdrawn, by: governance_lead, not_same_person_as: propose,
     only_when: [{guard: taker_has_left, else: "Whoever proposed it can still withdraw it."}]}
  - {do: propose_change, from: live, to: change, by: service_manager}
  - {do: agree_change, from: change, to: live, by: data_manager, not_same_person_as: propose_change, ends_round: yes}
  - {do: withdraw_change, from: change, to: live, by: service_manager, same_person_as: propose_change, ends_round: yes}
  - {do: end, from: live, to: withdrawn, by: data_manager}
"""


def plan(text: str = PLAN) -> Definition:
    """The definition, which must be right."""
    definition, problems = compile_definition(tree(text), parameters={}, organisation=house())
    assert definition is not None, problems
    assert problems == ()
    return definition


@pytest.fixture
def town() -> Town:
    found = Town()
    found.people |= {"sam": {"service_manager"}, "lea": {"governance_lead"}}
    return found


@pytest.fixture
def story(town: Town) -> Story:
    """Sue has proposed it."""
    begun = Story(plan(), town)
    begun.take("propose", "sue", JULY_1, reason=WORDS)
    return begun


def test_a_proposal_is_withdrawn_by_its_proposer(story: Story) -> None:
    story.take("withdraw", "sue", JULY_2, reason=WORDS)
    assert story.now.state == "withdrawn"


def test_nobody_else_who_may_propose_withdraws_it(story: Story) -> None:
    (why,) = story.refused("withdraw", "sam", JULY_2, reason=WORDS).reasons
    assert (why.code, why.sentence, why.fix) == (
        "GT-STEP-491",
        "'withdraw' is only for whoever took 'propose': sue.",
        "Ask sue.",
    )


def test_whoever_stands_in_for_the_proposer_withdraws_it_for_them_and_says_so(
    story: Story, town: Town
) -> None:
    town.delegations = {("sam", "sue"), ("emma", "sue"), ("emma", "sam")}
    assert story.codes("withdraw", "sam", JULY_2, reason=WORDS) == {"GT-PEOPLE-039"}
    assert story.codes("withdraw", "emma", JULY_2, reason=WORDS) == {"GT-PEOPLE-039"}
    assert story.codes("withdraw", "emma", JULY_2, acting_for="sam", reason=WORDS) == {"GT-STEP-491"}
    assert isinstance(story.ask("withdraw", "emma", JULY_2, acting_for="sue", reason=WORDS), Decision)


def test_what_was_proposed_for_somebody_is_theirs(town: Town) -> None:
    town.delegations = {("sam", "sue")}
    story = Story(plan(), town)
    story.take("propose", "sam", JULY_1, acting_for="sue", reason=WORDS)
    assert story.codes("withdraw", "sam", JULY_2, reason=WORDS) == {"GT-PEOPLE-039"}
    assert isinstance(story.ask("withdraw", "sue", JULY_2, reason=WORDS), Decision)
    town.delegations = set()
    assert story.codes("withdraw", "sam", JULY_2, reason=WORDS) == {"GT-STEP-491"}


def test_the_clerk_who_proposed_it_for_a_body_withdraws_it_for_the_body(town: Town) -> None:
    story = Story(plan(), town)
    story.take("propose", "clara", JULY_1, body="CPEG", reason=WORDS)
    assert story.codes("withdraw", "sue", JULY_2, reason=WORDS) == {"GT-STEP-491"}
    assert isinstance(story.ask("withdraw", "clara", JULY_2, body="CPEG", reason=WORDS), Decision)


def test_when_the_proposer_has_left_a_governance_lead_withdraws_it_and_not_before(
    story: Story, town: Town
) -> None:
    assert story.codes("withdraw_for_them", "lea", JULY_2) == {"GT-STEP-030"}
    town.people["sue"] = set()
    (why,) = story.refused("withdraw", "sam", JULY_2, reason=WORDS).reasons
    assert why.fix.startswith("Nobody who did can take it now.")
    assert story.codes("withdraw_for_them", "sam", JULY_2) == {"GT-STEP-005"}
    story.take("withdraw_for_them", "lea", JULY_2)
    assert story.now.state == "withdrawn"


def test_what_is_possible_says_whose_it_is_and_names_them(story: Story, town: Town) -> None:
    taking = Taking(workflow="plan", subject="1", step="", actor="sam", effective_on=JULY_2)
    now = possible(story.definition, story.now, taking, town, town.calendar.start_of(JULY_2))
    assert [(each.step, each.by, each.people) for each in now] == [
        ("agree", ("Data manager",), ("mary", "max")),
        ("withdraw", ("whoever took 'propose'",), ("sue",)),
    ]


def test_who_proposed_the_change_before_does_not_withdraw_the_next_one(story: Story) -> None:
    story.take("agree", "max", JULY_2)
    story.take("propose_change", "sue", JULY_2)
    story.take("withdraw_change", "sue", JULY_2)
    story.take("propose_change", "sam", JULY_6)
    assert story.codes("withdraw_change", "sue", JULY_6) == {"GT-STEP-491"}
    story.take("withdraw_change", "sam", JULY_6)
    assert story.now.state == "live"


def test_with_nobody_who_can_take_both_steps_it_is_said_beforehand() -> None:
    hands = {"service_manager": {frozenset({"sue"})}, "data_manager": {frozenset({"max"})}}
    other = PLAN.replace(
        "from: change, to: live, by: service_manager, same", "from: change, to: live, by: data_manager, same"
    )
    told = [
        problem.sentence
        for problem in unsatisfiable(plan(other), house(), lambda name: hands.get(name, {frozenset({"lea"})}))
    ]
    assert told == ["Nobody can take 'withdraw_change' of plan at present."]
    assert not list(unsatisfiable(plan(), house(), lambda name: hands.get(name, {frozenset({"lea"})})))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("CPEG], same_person_as: propose,", "CPEG], same_person_as: propose, not_same_person_as: propose,", "GT-FLOW-510"),
        ("CPEG], same_person_as: propose,", "CPEG], same_person_as: propose, quorum: 2,", "GT-FLOW-511"),
        ("by: [service_manager, CPEG], same", "by: [service_manager, system], same", "GT-FLOW-511"),
        ("do: withdraw, from: proposed,", "do: withdraw, from: [proposed, live],", ""),
        ("from: change, to: live, by: service_manager", "from: [change, live], to: live, by: service_manager", "GT-FLOW-512"),
        ("manager, same_person_as: propose_change", "manager, same_person_as: propose_chnge", "GT-FLOW-032"),
        ("  - {do: agree_change, from: change, to: live, by: data_manager, not_same_person_as: propose_change, ends_round: yes}\n", "", "GT-FLOW-513"),
    ],
)  # fmt: skip
def test_a_definition_in_which_it_would_not_work_is_refused(old: str, new: str, code: str) -> None:
    assert old in PLAN
    definition, problems = compile_definition(
        tree(PLAN.replace(old, new)), parameters={}, organisation=house()
    )
    assert [problem.code for problem in problems] == ([code] if code else [])
    assert (definition is None) == bool(code)


def test_a_refusal_is_a_refusal_where_nobody_took_the_step(town: Town) -> None:
    story = Story(
        plan(PLAN.replace("start: {by: [service_manager, CPEG], needs", "start: {by: system, may")), town
    )
    story.take("propose", "system", JULY_1)
    refused = story.ask("withdraw", "sue", JULY_2, reason=WORDS)
    assert isinstance(refused, Refusal)
    assert refused.reasons[0].sentence == "'withdraw' is only for whoever took 'propose', and nobody did."
