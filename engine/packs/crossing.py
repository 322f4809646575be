"""What only shows when the two halves of a pack are joined: triggers that lead nowhere, workflows that nothing needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from events.errors import Problem
from events.nearest import did_you_mean
from rules.ir import RuleSet, Trigger
from workflows.definition import SYSTEM, TIME_ALLOWED, Definition
from workflows.organisation import MenuItem

SUBMISSION, INTERVENTION = "submission", "intervention"
GIVEN_WITH_ITEM = ("reason", "refer_to", "trigger", "period")
"""What a matter that an item of the menu begins is given, as far as it takes it and the intervention has it."""


def check_across(
    rules: RuleSet,
    uses: Collection[str],
    workflows: Mapping[str, Definition],
    menu: Mapping[str, MenuItem],
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
    for item in menu.values():
        problems += _asked_for(item, uses, workflows)
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


def _asked_for(
    item: MenuItem, uses: Collection[str], workflows: Mapping[str, Definition]
) -> Iterator[Problem]:
    """An item of the menu begins a matter that can begin by itself, and is done in a state that there is."""
    path = ("intervention", "menu", str(item.number))
    known = [name for name in uses if name not in (SUBMISSION, INTERVENTION)]
    if item.begins is None:
        if item.done_at is not None:
            yield Problem(
                code="GT-PACK-482",
                sentence=f"Item {item.number} is done at '{item.done_at}', but begins no matter that could stand there.",
                fix="Add 'begins' with a workflow of the pack, or leave 'done_at' out.",
                path=(*path, "done_at"),
            )
        return
    if item.begins not in known:
        yield Problem(
            code="GT-PACK-480",
            sentence=f"Item {item.number} begins '{item.begins}', which is no workflow of this pack that it could begin."
            f"{did_you_mean(item.begins, known)}",
            fix=f"Known: {', '.join(known) or 'none'}.",
            path=(*path, "begins"),
        )
    if item.begins in workflows:
        yield from _can_be_asked_for(item, workflows[item.begins], path)


def _can_be_asked_for(item: MenuItem, definition: Definition, path: tuple[str, ...]) -> Iterator[Problem]:
    start, states = definition.start, [state.name for state in definition.states]
    missing = [name for name in start.needs if name not in GIVEN_WITH_ITEM]
    if missing or (start.by and SYSTEM not in start.by):
        why = f"needs {_named(missing)} to begin" if missing else "is begun by people only"
        yield Problem(
            code="GT-PACK-481",
            sentence=f"Item {item.number} begins '{item.begins}', which {why}.",
            fix=f"Choosing an item gives {', '.join(GIVEN_WITH_ITEM)}; let the others come with a later step, and leave "
            "'by' out of 'start'.",
            path=(*path, "begins"),
        )
    if item.done_at is not None and item.done_at not in states:
        yield Problem(
            code="GT-PACK-482",
            sentence=f"Item {item.number} is done at '{item.done_at}', which is no state of '{item.begins}'."
            f"{did_you_mean(item.done_at, states)}",
            fix=f"Known: {', '.join(states)}.",
            path=(*path, "done_at"),
        )
