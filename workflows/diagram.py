"""A workflow drawn as Mermaid text, for a page or a committee paper: its states, its steps, and where it goes.

Steps between the same two states share an arrow, so that a large workflow can still be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workflows.definition import NOTHING, SAME, Definition, Route, State
from workflows.fields import CHOICE

OUTSIDE = "[*]"
"""Mermaid's point before the beginning and after the end."""
RESERVED = frozenset(
    {"end", "state", "note", "class", "classdef", "direction", "default", "choice", "fork", "join"}
)
"""Words that mean something to Mermaid, so that no state can be called by them."""

Called = Callable[[str], str]
"""A body's name → what people call it."""


def diagram(definition: Definition, called: Called = str) -> str:
    """The workflow as Mermaid text."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {_id(state.name)}: {_drawn(state.label)}" for state in definition.states]
    lines.append(f"    {OUTSIDE} --> {_id(definition.initial)}")
    for (source, target), steps in _arrows(definition).items():
        lines.append(f"    {source} --> {target}: {', '.join(steps)}")
    lines += [f"    {_id(state.name)} --> {OUTSIDE}" for state in definition.states if state.final]
    if definition.route is not None:
        lines += _note(definition, definition.route, called)
    return "\n".join(lines) + "\n"


def _arrows(definition: Definition) -> dict[tuple[str, str], list[str]]:
    """Every arrow with the steps that take it, in the order of the definition."""
    found: dict[tuple[str, str], list[str]] = {}
    for step in definition.steps:
        for source in step.source:
            target = source if step.target == SAME else step.target
            arrow = (OUTSIDE if source == NOTHING else _id(source), _id(target))
            found.setdefault(arrow, []).append(step.name)
    return found


def _note(definition: Definition, route: Route, called: Called) -> Iterator[str]:
    """Which body decides, by the answer; beside the first state that names the body."""
    beside = next((state for state in definition.states if "{body}" in state.label), _first(definition))
    yield f"    note right of {_id(beside.name)}"
    for answer in (*route.bodies, *_without(definition, route)):
        bodies = " or ".join(_drawn(called(body)) for body in route.bodies.get(answer, ()))
        yield f"        {_drawn(route.field.replace('_', ' '))} {_drawn(answer)} goes to {bodies or 'no body'}"
    yield "    end note"


def _without(definition: Definition, route: Route) -> Iterator[str]:
    """The answers with which a matter goes to no body."""
    type_ = definition.start.needs.get(route.field, "")
    yield from (answer for answer in type_.split(CHOICE) if CHOICE in type_ and answer not in route.bodies)


def _first(definition: Definition) -> State:
    return definition.state(definition.initial)


def _id(name: str) -> str:
    return f"{name}_" if name in RESERVED else name


def _drawn(words: str) -> str:
    """Words without what ends a Mermaid line or statement, or begins something else in it."""
    plain = words.replace("{body}", "the body").replace(":", " -").replace(";", ",").replace("#", "no. ")
    return " ".join(plain.replace("%%", "%").replace('"', "'").split())
