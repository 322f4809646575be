"""The `deadlines:` section of a workflow, and reminders."""

from __future__ import annotations

from workflows import keys as words
from workflows.calendar import ROLLS
from workflows.definition import ASKED, BODY, CATEGORY, EACH_RUNG, NEXT_RUNG, Deadline, OnPass, Reminder
from workflows.duration import Duration
from workflows.node import Node
from workflows.sections.people import in_words
from workflows.sections.steps import Names


def read_deadlines(node: Node, names: Names) -> tuple[Deadline, ...]:
    """Read the deadlines, in their order."""
    return tuple(_deadline(name, below, names) for name, below in node.entries().items())


def read_reminders(node: Node, names: Names) -> tuple[Reminder, ...]:
    """Read a list of reminders."""
    reminders = []
    for item in node.items():
        keys = item.table(words.REMINDER)
        when = [key for key in ("before", "after") if key in keys]
        if len(when) != 1:
            item.problem(
                "GT-FLOW-017", "A reminder is sent either before or after the day.", "Write before: 5 days."
            )
            continue
        people = (BODY, ASKED, *names.people)
        to = keys["to"].choices(people, "role or body", "GT-FLOW-030") if "to" in keys else ()
        reminders.append(Reminder(when=when[0], by=keys[when[0]].duration(), to=to))
    return tuple(reminders)


def _deadline(name: str, node: Node, names: Names) -> Deadline:
    keys = node.table(words.DEADLINE)
    return Deadline(
        name=name,
        label=keys["label"].text() if "label" in keys else in_words(name),
        states=keys["in"].choices(names.states, "state", "GT-FLOW-034") if "in" in keys else (),
        within=_within(keys["within"], names) if "within" in keys else None,
        until=keys["until"].text() if "until" in keys else None,
        after=keys["after"].choice(names.steps, "step", "GT-FLOW-032") if "after" in keys else None,
        replaces=keys["replaces"].choices(names.deadlines, "deadline", "GT-FLOW-035")
        if "replaces" in keys
        else (),
        met_by=keys["met_by"].choices(names.steps, "step", "GT-FLOW-032") if "met_by" in keys else (),
        roll=keys["roll"].choice(ROLLS, "way to roll") if "roll" in keys else "none",
        remind=read_reminders(keys["remind"], names) if "remind" in keys else (),
        on_pass=_on_pass(keys["on_pass"], names) if "on_pass" in keys else OnPass(kind="task", to=BODY),
    )


def _within(node: Node, names: Names) -> Duration | str:
    return node.text() if node.value in (CATEGORY, EACH_RUNG, *names.lengths) else node.duration()


def _on_pass(node: Node, names: Names) -> OnPass:
    keys = node.table(words.ON_PASS)
    if len(keys) == 1:
        if "propose" in keys:
            return OnPass(kind="propose", to=keys["propose"].choice((NEXT_RUNG,), "proposal"))
        if "take" in keys:
            return OnPass(kind="take", to=keys["take"].choice(names.steps, "step", "GT-FLOW-032"))
        return OnPass(
            kind="task", to=keys["task"].choice((BODY, *names.people), "role or body", "GT-FLOW-030")
        )
    if isinstance(node.value, dict):
        node.problem(
            "GT-FLOW-018",
            "Say one thing that follows.",
            "Write {propose: next_rung}, {task: body} or {take: step}.",
        )
    return OnPass(kind="task", to=BODY)
