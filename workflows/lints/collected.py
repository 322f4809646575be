"""Checks of what a matter brings together: is there anything, and does the matter say of which period?"""

from __future__ import annotations

from collections.abc import Iterator

from events.errors import Problem
from workflows.definition import YES, Definition
from workflows.lints.problem import problem_at
from workflows.organisation import Organisation

PERIOD = "period"


def what_is_outstanding_is_collected(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """A step that names what is outstanding belongs to a workflow that collects something, and takes the field it is said in."""
    for index, step in enumerate(definition.steps):
        said_in, at = step.names_outstanding, ("steps", index, "names_outstanding")
        if said_in and definition.collects is None:
            sentence = (
                f"'{step.name}' names what is outstanding, but the workflow does not say what it collects."
            )
            yield problem_at("GT-FLOW-514", sentence, "Write collects: {workflow: …} at its top.", *at)
        elif said_in not in ("", YES) and said_in not in step.may:
            sentence = (
                f"'{step.name}' has it said in '{said_in}' what is outstanding, and may not be given that."
            )
            yield problem_at("GT-FLOW-516", sentence, f"Write may: {{{said_in}: text}} at it.", *at)


def what_is_collected_is_of_a_period(definition: Definition, _: Organisation) -> Iterator[Problem]:
    """Whatever a matter brings together is of its own period, which is said when it begins."""
    if definition.collects is None:
        return
    for step in definition.beginnings:
        if step.needs.get(PERIOD) != PERIOD:
            sentence = f"What is collected is of one period, which '{step.name}' does not need to be given."
            yield problem_at("GT-FLOW-515", sentence, "Write needs: {period: period} at it.", "collects")
