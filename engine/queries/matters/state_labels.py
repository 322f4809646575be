"""States of workflows as people read them."""

from __future__ import annotations

from workflows.definition import Definition
from workflows.item_clocks import item_of


def state_label(definition: Definition | None, state: str, body: str = "") -> str:
    """A state's label with the body filled in; its name in words where the definition is not at hand."""
    try:
        label = definition.state(state).label if definition else ""
    except KeyError:
        label = ""
    return (label or state.replace("_", " ").capitalize()).replace("{body}", body or "the body")


def deadline_label(definition: Definition | None, name: str, body: str = "") -> str:
    """A deadline's label with the body filled in."""
    try:
        label = definition.deadline(name).label if definition else ""
    except KeyError:
        label = ""
    label = label or name.replace("_", " ").capitalize()
    return label.replace("{body}", body or "the body").replace("{item}", item_of(name))


def step_label(definition: Definition | None, name: str) -> str:
    """A step's label."""
    try:
        label = definition.step(name).label if definition else ""
    except KeyError:
        label = ""
    return label or name.replace("_", " ").capitalize()
