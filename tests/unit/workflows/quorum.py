"""A workflow with a step that two data managers take together."""

from __future__ import annotations

from datetime import date

from tests.unit.workflows.town import WORDS, Story, Town, house, tree
from workflows.compile import compile_definition
from workflows.definition import Definition

JULY_1, JULY_2, JULY_3, JULY_6 = (date(2026, 7, day) for day in (1, 2, 3, 6))

PLAN = """
workflow: plan
version: 1
about: service
start: {by: [service_manager, data_enterer], needs: {aim: text}, may: {cost: number}}
states:
  drafted: {label: Drafted, initial: yes, no_deadline: nothing is asked for until it is agreed}
  agreed: {label: Agreed, no_deadline: it runs until it ends}
  ended: {label: Ended, final: yes}
steps:
  - {do: change, from: drafted, to: same, by: [service_manager, data_enterer], needs: {aim: text}, may: {cost: number}}
  - {do: remark, from: drafted, to: same, by: [service_manager, data_enterer, data_manager]}
  - do: agree
    from: drafted
    to: agreed
    by: data_manager
    needs: {ends: date}
    may: {reason: text}
    quorum: 2
    not_same_person_as: [propose, change]
  - {do: reopen, from: agreed, to: drafted, by: service_manager}
  - {do: end, from: agreed, to: ended, by: [service_manager, data_manager], not_same_person_as: agree}
"""


def plan(text: str = PLAN) -> Definition:
    """The workflow, which must be right."""
    definition, problems = compile_definition(tree(text), parameters={}, organisation=house())
    assert definition is not None, problems
    return definition


def drafted(town: Town | None = None, text: str = PLAN) -> Story:
    """A plan that Sue has drafted."""
    story = Story(plan(text), town)
    story.take("propose", "sue", JULY_1, aim=WORDS, cost="100")
    return story


def agreed_by_one(town: Town | None = None) -> Story:
    """A plan that Max has agreed to and that needs another."""
    story = drafted(town)
    story.approve("agree", "max", JULY_2, ends="2026-09-01")
    return story
