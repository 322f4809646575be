"""Separation of duties, looked at before it is wanted: are there two people for every pair of steps that needs them?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from events.errors import Problem
from workflows.definition import BODY, SYSTEM, Definition, Step
from workflows.organisation import Organisation

WhoMay = Callable[[str], Collection[str]]
"""Role or body → the people who hold it, or act for it, today."""


def unsatisfiable(definition: Definition, organisation: Organisation, who_may: WhoMay) -> Iterator[Problem]:
    """Steps that nobody can take, and pairs of steps for which only one person is there; as warnings.

    For a step of whatever body the matter is with, every body of the ladder is asked.
    """
    for index, step in enumerate(definition.steps):
        people = _people(step, organisation, who_may)
        if people is None:
            continue
        if not people:
            sentence = f"Nobody can take '{step.name}' of {definition.name} at present."
            yield _warning("GT-FLOW-070", sentence, f"Assign {' or '.join(step.by)} to somebody.", index)
            continue
        for other in step.not_same_person_as:
            first = _people(definition.step(other), organisation, who_may)
            if first is not None and len(first | people) < 2:
                only = next(iter(people))
                sentence = (
                    f"'{other}' and '{step.name}' of {definition.name} need two people; there is only {only}."
                )
                yield _warning("GT-FLOW-071", sentence, "Assign one of the roles to somebody else.", index)


def _people(step: Step, organisation: Organisation, who_may: WhoMay) -> set[str] | None:
    """Everybody who can take a step; None where anybody or the system can."""
    if not step.by or SYSTEM in step.by:
        return None
    ladder = organisation.ladder
    bodies = ladder.rungs if ladder else tuple(organisation.bodies)
    names = [name for each in step.by for name in (bodies if each == BODY else (each,))]
    return {who for name in names for who in who_may(name)}


def _warning(code: str, sentence: str, fix: str, index: int) -> Problem:
    return Problem(code=code, sentence=sentence, fix=fix, severity="warning", path=("steps", index))
