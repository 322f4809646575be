"""Checks of who takes steps together, and of who must not take both of two."""

from __future__ import annotations

from collections.abc import Iterator, Set

from events.errors import Problem
from workflows.definition import PROPOSE, SAME, SYSTEM, Definition, Step
from workflows.lints.problem import problem_at
from workflows.organisation import Organisation


def a_quorum_is_of_several_people(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """A quorum of one asks for nobody else."""
    for index, step in enumerate(definition.steps):
        if step.quorum is not None and step.quorum < 2:
            sentence = (
                f"A quorum of {step.quorum} on '{step.name}' means nothing: one person takes a step anyway."
            )
            yield problem_at(
                "GT-PEOPLE-034", sentence, "Write 2 or more, or leave it out.", "steps", index, "quorum"
            )


def the_system_is_no_quorum(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """The product is no natural person, and does not decide together with one."""
    for index, step in enumerate(definition.steps):
        if (step.quorum is not None or step.everyone) and SYSTEM in step.by:
            sentence = f"'{step.name}' needs {step.quorum or 'several'} people, but the system may take it."
            fix = "Take system out of 'by', or leave 'quorum' out."
            yield problem_at("GT-PEOPLE-035", sentence, fix, "steps", index, "by")


def no_round_lets_a_bar_lapse(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """Who did the one thing cannot do the other after somebody ended the round in between.

    A step that ends a round lets everybody act again. Where it leads back to a step that needs another person than
    some earlier one, and none of those is taken again on the way, their taker would be let in. The beginning of a
    matter bars for ever, and a guard may rule the way out: neither is looked at.
    """
    ends = [step for step in definition.steps if step.ends_round]
    for index, step in enumerate(definition.steps):
        barring = set(step.not_same_person_as) - {PROPOSE}
        if not barring or any(condition.guard for condition in step.only_when):
            continue
        for end in ends:
            if set(step.source) & _after(definition, end, without=barring):
                sentence = (
                    f"'{step.name}' needs another person than who took {' or '.join(map(repr, sorted(barring)))}, but "
                    f"'{end.name}' ends the round, and then it can be taken without any of these being taken again."
                )
                fix = f"Take ends_round out of '{end.name}', or let it lead to a state before them."
                yield problem_at("GT-FLOW-500", sentence, fix, "steps", index, "not_same_person_as")
                break


def _after(definition: Definition, step: Step, without: Set[str]) -> set[str]:
    """The states that can be reached after a step without taking some others."""
    reached = set(step.source) if step.target == SAME else {step.target}
    waiting = list(reached)
    while waiting:
        here = waiting.pop()
        on = (each for each in definition.steps if here in each.source and each.name not in without)
        further = {each.target for each in on if each.target != SAME} - reached
        reached |= further
        waiting += further
    return reached
