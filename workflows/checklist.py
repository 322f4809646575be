"""Questions that a step must answer one by one: yes, no or not_applicable, each with what the answer rests on.

Source: Cambridgeshire 2022, Appendix 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from events.errors import Problem
from workflows.definition import Step
from workflows.situation import Situation, reason

ANSWER = "yes | no | not_applicable"
"""The type of an answer."""
BECAUSE = "_because"
"""Ends the name of the field that says what an answer rests on."""


def asked_by_checklist(step: Step) -> Mapping[str, str]:
    """The fields of a step's questions, with their types."""
    return {
        field: type_
        for name in step.answers
        for field, type_ in ((name, ANSWER), (f"{name}{BECAUSE}", "text"))
    }


def checklist_reasons(situation: Situation) -> Iterator[Problem]:
    """Every question without an answer, and every answer without a reason or evidence."""
    given = situation.taking.fields
    for name, question in situation.step.answers.items():
        answer, because = given.get(name), given.get(f"{name}{BECAUSE}")
        if not answer:
            yield reason(
                "GT-STEP-034",
                f"The question '{name}' has no answer: {question}",
                f"Give {name}: yes, no or not_applicable, and {name}{BECAUSE} with what that rests on.",
            )
        elif not because:
            owed = "evidence" if answer == "yes" else "a reason"
            yield reason(
                "GT-STEP-035",
                f"The question '{name}' is answered '{answer}' without {owed}: {question}",
                f"Give {name}{BECAUSE}.",
            )
