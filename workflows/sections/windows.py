"""The `window:` section of a workflow: until when a submission is in time."""

from __future__ import annotations

from workflows import keys as words
from workflows.definition import Window
from workflows.duration import ONE_MONTH
from workflows.node import Node
from workflows.sections.deadlines import read_reminders
from workflows.sections.steps import Names

DATA_REQUESTS = "data_requests"
NEVER = "never"
_STATUS = {"status": words.Key("statuses for which a comment is owed", required=True)}


def read_window(node: Node, names: Names) -> Window:
    """Read the section."""
    keys = node.table(words.WINDOW)
    return Window(
        opens_on=keys["opens_on"].choice((DATA_REQUESTS,), "opening")
        if "opens_on" in keys
        else DATA_REQUESTS,
        within=keys["within"].duration() if "within" in keys else ONE_MONTH,
        covers=keys["covers"].choices(names.steps, "step", "GT-FLOW-032") if "covers" in keys else (),
        comment_required=_statuses(keys["comment_required"]) if "comment_required" in keys else (),
        action_required="action_required" in keys and keys["action_required"].yes(),
        ask=keys["ask"].choices(names.people, "role or body", "GT-FLOW-030") if "ask" in keys else (),
        remind=read_reminders(keys["remind"], names) if "remind" in keys else (),
    )


def _statuses(node: Node) -> tuple[str, ...]:
    """Statuses that ask for a comment: ``never``, or ``{status: red}``; the pack's rules know which there are."""
    if node.value == NEVER:
        return ()
    keys = node.table(_STATUS)
    return keys["status"].names() if "status" in keys else ()
