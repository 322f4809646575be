"""What only shows when the two halves of a pack are joined: triggers that lead nowhere, workflows that nothing needs."""

from __future__ import annotations

from collections.abc import Mapping

from events.errors import Problem
from events.nearest import did_you_mean
from rules.ir import RuleSet, Trigger
from workflows.definition import Definition
from workflows.organisation import Organisation

SUBMISSION, INTERVENTION = "submission", "intervention"


def check_across(
    organisation: Organisation, rules: RuleSet, workflows: Mapping[str, Definition]
) -> list[Problem]:
    """Problems with paths from the top of `pack.yaml`; names that do not exist were found before."""
    problems: list[Problem] = []
    if SUBMISSION not in workflows:
        problems.append(
            Problem(
                code="GT-PACK-040",
                sentence="The pack has no workflow 'submission', so no figure can be entered under it.",
                fix="Take in library/submission@1 under 'workflows'.",
                path=("workflows",),
            )
        )
    for trigger in rules.triggers:
        problems += _leads_somewhere(trigger, organisation)
    if INTERVENTION in workflows:
        problems += _answers(organisation, workflows[INTERVENTION])
    problems += _window_words(rules, workflows)
    return problems


def _leads_somewhere(trigger: Trigger, organisation: Organisation) -> list[Problem]:
    path = ("triggers", trigger.id, "then")
    if trigger.then.start is not None and trigger.then.refer_to is None and organisation.ladder is None:
        return [
            Problem(
                code="GT-PACK-041",
                sentence=f"Trigger '{trigger.id}' starts '{trigger.then.start}', but no body is to answer it.",
                fix="Add 'refer_to' with a body, or a ladder whose first rung answers.",
                path=path,
            )
        ]
    if trigger.then.refer_to is not None and trigger.then.start is None:
        return [
            Problem(
                code="GT-PACK-042",
                sentence=f"Trigger '{trigger.id}' refers to {trigger.then.refer_to} but starts nothing for it to answer.",
                fix="Add 'start: intervention', or say 'notify' where nobody has to answer.",
                severity="warning",
                path=path,
            )
        ]
    return []


def _answers(organisation: Organisation, definition: Definition) -> list[Problem]:
    steps = [step.name for step in definition.steps]
    return [
        Problem(
            code="GT-PACK-044",
            sentence=f"No step '{answer}' exists by which to answer.{did_you_mean(answer, steps)}",
            fix=f"The steps of '{definition.name}' are: {', '.join(steps)}.",
            path=("intervention", "answers"),
        )
        for answer in organisation.intervention.answers
        if answer not in steps
    ]


def _window_words(rules: RuleSet, workflows: Mapping[str, Definition]) -> list[Problem]:
    """The statuses that ask for a comment must be statuses of the pack."""
    return [
        Problem(
            code="GT-PACK-043",
            sentence=f"A comment is asked for where the status is '{status}', which is no status of this pack.",
            fix=f"Its statuses are: {', '.join(rules.by_id)}.",
            path=("workflows", name, "with"),
        )
        for name, definition in workflows.items()
        for status in (definition.window.comment_required if definition.window else ())
        if status not in rules.by_id
    ]
