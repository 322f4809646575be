"""Filling in ``${…}``: a workflow of the library declares parameters, a pack gives them under `with`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from events.nearest import did_you_mean
from workflows.node import Node

REQUIRED = "required"
"""The value of a parameter that a pack must give."""
_WHOLE = re.compile(r"\$\{(\w+)\}")


def fill(tree: Mapping[str, object], given: Mapping[str, object], top: Node) -> dict[str, object]:
    """The tree without its `parameters`, every ``${name}`` replaced; a list within a list is spread out later.

    Unknown, missing and unused parameters are problems.
    """
    declared = tree.get("parameters", {})
    if not isinstance(declared, Mapping):
        top.at("parameters", declared).entries()
        declared = {}
    for name in given:
        if name not in declared:
            at = Node(None, ("with", name), top.problems)
            at.problem(
                "GT-FLOW-020",
                f"The workflow has no parameter '{name}'.{did_you_mean(name, declared)}",
                at_key=True,
            )
    values = {**declared, **given}
    for name, value in values.items():
        if value == REQUIRED:
            at = Node(None, ("with", name), top.problems)
            at.problem("GT-FLOW-021", f"The parameter '{name}' must be given.", f"Write with: {{{name}: …}}.")
    used: set[str] = set()
    rest = {
        key: _filled(top.at(key, value), values, used) for key, value in tree.items() if key != "parameters"
    }
    for name in declared:
        if name not in used:
            top.at("parameters", declared).at(name, None).problem(
                "GT-FLOW-022", f"The parameter '{name}' is used nowhere.", at_key=True
            )
    return rest


def _filled(node: Node, values: Mapping[str, object], used: set[str]) -> object:
    if isinstance(node.value, Mapping):
        return {key: _filled(node.at(key, value), values, used) for key, value in node.value.items()}
    if isinstance(node.value, list | tuple):
        return [_filled(node.at(index, value), values, used) for index, value in enumerate(node.value)]
    if not isinstance(node.value, str):
        return node.value
    whole = _WHOLE.fullmatch(node.value)
    if whole:
        return _value(node, whole[1], values, used)
    return _WHOLE.sub(lambda found: str(_value(node, found[1], values, used)), node.value)


def _value(node: Node, name: str, values: Mapping[str, object], used: set[str]) -> object:
    used.add(name)
    if name not in values:
        node.problem("GT-FLOW-023", f"There is no parameter '{name}'.{did_you_mean(name, values)}")
        return ""
    return values[name]
