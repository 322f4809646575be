"""What only shows when the two halves of a pack are joined: triggers that lead nowhere, workflows that nothing needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from events.errors import Problem
from rules.ir import RuleSet, Trigger
from workflows.definition import SYSTEM, TIME_ALLOWED, Definition

SUBMISSION, INTERVENTION = "submission", "intervention"


def check_across(
    rules: RuleSet,
    uses: Collection[str],
    workflows: Mapping[str, Definition],
) -> list[Problem]:
    """Problems with paths from the top of `pack.yaml`; names that do not exist were found before.

    `uses` are the workflows that the pack names; `workflows` those of them that could be compiled.
    """
    problems: list[Problem] = []
    if SUBMISSION not in uses:
        problems.append(
            Problem(
                code="GT-PACK-040",
                sentence="The pack has no workflow 'submission', so no figure can be entered under it.",
                fix="Take in library/submission@1 under 'workflows'.",
                path=("workflows",),
                at_key=True,
            )
        )
    for trigger in rules.triggers:
        problems += _referred(trigger)
        start = trigger.then.start
        if start is not None and start in workflows:
            problems += _begins(trigger, start, workflows[start])
        problems += _required(trigger, uses, workflows)
    problems += _window_words(rules, workflows)
    return problems


def _begins(trigger: Trigger, name: str, definition: Definition) -> list[Problem]:
    """A trigger gives its name, the period and the body; the workflow must take them and need no more."""
    given = {"trigger", "period"} | ({"refer_to"} if trigger.then.refer_to else set())
    start = definition.start
    path = ("triggers", trigger.id, "then")
    missing = [field for field in start.needs if field not in given]
    refused = sorted(given - set(start.needs) - set(start.may))
    problems = []
    if missing:
        problems.append(
            Problem(
                code="GT-PACK-041",
                sentence=f"Trigger '{trigger.id}' starts '{name}', which needs {_named(missing)} to begin.",
                fix="Add 'refer_to' with a body."
                if missing == ["refer_to"]
                else "Let a person begin it: say 'require: action' instead.",
                path=path,
            )
        )
    if refused or (start.by and SYSTEM not in start.by):
        why = f"takes no {_named(refused)} to begin" if refused else "is begun by people only"
        problems.append(
            Problem(
                code="GT-PACK-045",
                sentence=f"Trigger '{trigger.id}' starts '{name}', which {why}.",
                fix="Start another workflow, or say 'require: action' and let a person begin it.",
                path=path,
            )
        )
    return problems


def _required(
    trigger: Trigger, uses: Collection[str], workflows: Mapping[str, Definition]
) -> Iterator[Problem]:
    """What a trigger requires is a workflow of the pack: it is begun, and somebody owes something by a day."""
    owed, path = trigger.then.require, ("triggers", trigger.id, "then")
    if owed is None:
        return
    if owed not in uses:
        library = "decision" if owed == "decision" else "requirement"
        yield Problem(
            code="GT-PACK-046",
            sentence=f"Trigger '{trigger.id}' requires '{owed}', but the pack has no workflow '{owed}': nobody would owe it.",
            fix=f"Take it in under 'workflows': {owed}: {{use: library/{library}@1, with: {{…}}}}.",
            path=path,
        )
    if owed not in workflows:
        return
    start = workflows[owed].start
    given = {"trigger", "period"} | ({TIME_ALLOWED} if trigger.then.within else set())
    given |= {"refer_to"} if trigger.then.refer_to and trigger.then.start is None else set()
    missing = [field for field in start.needs if field not in given]
    if missing:
        wanted = {"refer_to": "'refer_to' with a body", TIME_ALLOWED: "'within' with the time allowed"}
        yield Problem(
            code="GT-PACK-047",
            sentence=f"Trigger '{trigger.id}' requires '{owed}', which needs {_named(missing)} to begin.",
            fix=f"Add {' and '.join(wanted.get(field, f'what gives it {field!r}') for field in missing)} to 'then'.",
            path=path,
        )
    if start.by and SYSTEM not in start.by:
        yield Problem(
            code="GT-PACK-048",
            sentence=f"Trigger '{trigger.id}' requires '{owed}', which is begun by people only.",
            fix="Leave 'by' out of its 'start', or write by: system there.",
            path=path,
        )


def _named(fields: Iterable[str]) -> str:
    return " and ".join(f"'{field}'" for field in fields)


def _referred(trigger: Trigger) -> list[Problem]:
    if trigger.then.refer_to is None or trigger.then.start is not None:
        return []
    return [
        Problem(
            code="GT-PACK-042",
            sentence=f"Trigger '{trigger.id}' refers to {trigger.then.refer_to} but starts nothing for it to answer.",
            fix="Add 'start: intervention', or say 'notify' where nobody has to answer.",
            severity="warning",
            path=("triggers", trigger.id, "then"),
        )
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
