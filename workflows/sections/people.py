"""The pack's `bodies:` and `roles:` sections: who decides, who acts, and what they are called."""

from __future__ import annotations

import msgspec

from events.nearest import did_you_mean
from workflows import keys as words
from workflows.node import Node

RESERVED = ("body", "system", "same", "next_rung", "nobody", "auditor")
"""Words with a meaning of their own in workflows."""


class Body(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A committee, board or office holder that decides; it acts through its clerk or its chair."""

    name: str
    label: str
    chair: str | None = None
    """The role that chairs it."""
    meets: str = ""
    """How often, in words; the dates themselves are entered one by one."""
    at_meetings: bool = False
    """It decides at its meetings only, so that every decision has the day of one."""
    clause: str = ""
    assumption: str = ""


def read_bodies(node: Node) -> dict[str, Body]:
    """Read the bodies, by name."""
    bodies: dict[str, Body] = {}
    for name, below in node.entries().items():
        keys = below.table(words.BODY)
        _free(below, name)
        at_meetings = "at_meetings" in keys and keys.pop("at_meetings").yes()
        texts = {key: value.text() for key, value in keys.items()}
        bodies[name] = msgspec.convert(
            {"label": name, **texts, "name": name, "at_meetings": at_meetings}, Body
        )
    return bodies


def read_roles(node: Node) -> dict[str, str]:
    """Read the roles: a list of names, or names with labels. Answers name → label."""
    if isinstance(node.value, dict):
        labels = {name: below.text() for name, below in node.entries().items()}
    else:
        labels = {name: in_words(name) for name in node.names()}
    for name in labels:
        _free(node, name)
    return labels


def check_people(bodies: dict[str, Body], roles: dict[str, str], node: Node) -> None:
    """Names must not mean two things, and a chair must be a role."""
    for name, body in bodies.items():
        at = node.at(name, None)
        if name in roles:
            at.problem(
                "GT-FLOW-012", f"'{name}' is both a body and a role.", "Give one of them another name."
            )
        if body.chair is not None and body.chair not in roles:
            chair = at.at("chair", None)
            meant = did_you_mean(body.chair, roles)
            chair.problem("GT-FLOW-030", f"There is no role '{body.chair}' to chair {name}.{meant}")


def in_words(name: str) -> str:
    """A name as people read it: ``service_manager`` → ``Service manager``."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _free(node: Node, name: str) -> None:
    if name in RESERVED:
        node.problem(
            "GT-FLOW-011", f"'{name}' has a meaning of its own in workflows.", "Choose another name."
        )
