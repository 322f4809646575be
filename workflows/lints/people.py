"""Checks of who takes steps together."""

from __future__ import annotations

from collections.abc import Iterator

from events.errors import Problem
from workflows.definition import SYSTEM, Definition
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
