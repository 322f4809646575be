"""Checks of the way through a workflow."""

from __future__ import annotations

from collections.abc import Iterator

from events.errors import Problem
from workflows.definition import SAME, Definition
from workflows.lints.problem import problem_at
from workflows.organisation import Organisation


def one_initial_state(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """There is exactly one initial state."""
    initial = [state.name for state in definition.states if state.initial]
    if not initial:
        sentence = "No state is the initial one."
        yield problem_at("GT-FLOW-040", sentence, "Write initial: yes at the state it begins in.", "states")
    if len(initial) > 1:
        sentence = f"{len(initial)} states are initial: {', '.join(initial)}."
        yield problem_at("GT-FLOW-041", sentence, "A workflow begins in one state.", "states")


def every_state_is_reachable(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """Every state can be reached from the initial one."""
    reached = set[str]().union(*(_reached(definition, step.target) for step in definition.beginnings))
    for state in definition.states:
        if state.name not in reached:
            sentence = f"The state '{state.name}' cannot be reached from '{definition.initial}'."
            yield problem_at(
                "GT-FLOW-042", sentence, "Add a step that leads to it, or remove it.", "states", state.name
            )


def nothing_leaves_a_final_state(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """No step can be taken in a final state."""
    final = {state.name for state in definition.states if state.final}
    for index, step in enumerate(definition.steps):
        for name in final & set(step.source):
            sentence = f"'{step.name}' is taken in '{name}', which is final."
            yield problem_at(
                "GT-FLOW-043", sentence, "Take it out of 'from', or the state is not final.", "steps", index
            )


def no_dead_end(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """In every state that is not final, some step can be taken."""
    left = {name for step in definition.steps for name in step.source}
    for state in definition.states:
        if not state.final and state.name not in left:
            sentence = f"Nothing can be done in '{state.name}', and it is not final."
            yield problem_at(
                "GT-FLOW-044", sentence, "Add a step, or write final: yes.", "states", state.name
            )


def an_end_can_be_reached(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """Where a workflow has final states, each other state leads to one."""
    final = {state.name for state in definition.states if state.final}
    for state in definition.states:
        if final and not final & _reached(definition, state.name):
            sentence = f"From '{state.name}' no final state can be reached."
            yield problem_at("GT-FLOW-045", sentence, "Add a step that leads on.", "states", state.name)


def _reached(definition: Definition, start: str) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        targets = {step.target for step in definition.steps if here in step.source and step.target != SAME}
        waiting += targets - reached
        reached |= targets
    return reached
