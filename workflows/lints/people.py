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


def nobody_is_wanted_and_barred(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """Who took a step cannot be both the only one who may take another, and the one who may not."""
    for index, step in enumerate(definition.steps):
        for name in sorted(set(step.same_person_as) & set(step.not_same_person_as)):
            sentence = (
                f"'{step.name}' is only for whoever took '{name}', and not for them: nobody can take it."
            )
            fix = "Take it out of 'same_person_as' or of 'not_same_person_as'."
            yield problem_at("GT-FLOW-510", sentence, fix, "steps", index, "same_person_as")


def the_owner_of_a_step_is_a_person(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """The product takes nothing back that somebody did, and one person is no quorum."""
    for index, step in enumerate(definition.steps):
        if step.same_person_as and (step.quorum is not None or step.everyone or SYSTEM in step.by):
            sentence = f"'{step.name}' is for the one who took an earlier step, and so neither for several nor for the system."
            fix = "Leave 'same_person_as' out, or 'quorum' and system."
            yield problem_at("GT-FLOW-511", sentence, fix, "steps", index, "same_person_as")


def somebody_has_taken_what_it_is_the_same_as(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """A step for whoever took an earlier one is possible only where that was taken, in this round.

    Who began a matter with `propose` stays who they are in every round. A guard may rule the way out: that is not looked at.
    """
    for index, step in enumerate(definition.steps):
        named = set(step.same_person_as)
        if not named or any(condition.guard for condition in step.only_when):
            continue
        anew = [] if PROPOSE in named else [each for each in definition.steps if each.ends_round]
        for first in (*definition.beginnings, *anew):
            if first.name not in named and set(step.source) & _after(definition, first, without=named):
                sentence = (
                    f"'{step.name}' is for whoever took {' or '.join(map(repr, sorted(named)))}, but after '{first.name}' "
                    f"it can be reached without any of these having been taken, and then nobody can take it."
                )
                fix = "Name the other steps that lead there too, or take it from fewer states."
                yield problem_at("GT-FLOW-512", sentence, fix, "steps", index, "same_person_as")
                break


def someone_else_leads_on_too(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """Whoever took a step may have left by the time: no state is left by them alone."""
    for state in definition.states:
        out = [
            (index, step)
            for index, step in enumerate(definition.steps)
            if state.name in step.source and step.target not in (SAME, state.name) and step.by != (SYSTEM,)
        ]
        if out and all(step.same_person_as for _, step in out):
            index, step = out[0]
            sentence = (
                f"Only whoever took {' or '.join(map(repr, step.same_person_as))} leads on from '{state.name}': "
                "when they have left, nobody can."
            )
            fix = "Add a step for somebody else, for example by governance_lead once they have left (guard taker_has_left)."
            yield problem_at("GT-FLOW-513", sentence, fix, "steps", index, "same_person_as")


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
