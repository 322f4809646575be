"""From a workflow's YAML tree to a checked definition, its parameters filled in, every problem collected."""

from __future__ import annotations

from collections.abc import Mapping

from events.errors import Problem
from workflows import keys as words
from workflows.definition import ABOUT, SERIES, Collects, Definition, State, Step, sealed
from workflows.lint import lint
from workflows.node import Node
from workflows.organisation import Organisation
from workflows.parameters import fill
from workflows.sections.deadlines import read_deadlines
from workflows.sections.people import in_words
from workflows.sections.routes import read_route
from workflows.sections.steps import Names, read_start, read_steps
from workflows.sections.windows import read_window


def compile_definition(
    tree: object, *, parameters: Mapping[str, object], organisation: Organisation
) -> tuple[Definition | None, tuple[Problem, ...]]:
    """Compile a workflow. Paths start at the top of its own document; ``("with", name)`` is a parameter given."""
    problems: list[Problem] = []
    top = Node(tree, (), problems)
    if isinstance(tree, Mapping):
        top = Node(fill(tree, parameters, top), (), problems)
    keys = top.table(words.WORKFLOW)
    if problems:
        return None, tuple(problems)
    definition = _read(keys, organisation)
    if not problems:
        problems += lint(definition, organisation)
    errors = any(problem.severity == "error" for problem in problems)
    return (None if errors else sealed(definition)), tuple(problems)


def _read(keys: Mapping[str, Node], organisation: Organisation) -> Definition:
    states = _states(keys["states"])
    names = Names.of(keys["steps"], keys.get("start"), keys.get("deadlines"), states, organisation)
    return Definition(
        name=keys["workflow"].text(),
        version=keys["version"].whole_number(),
        states=states,
        steps=read_steps(keys["steps"], names),
        start=_start(keys, names, states),
        deadlines=read_deadlines(keys["deadlines"], names) if "deadlines" in keys else (),
        window=read_window(keys["window"], names) if "window" in keys else None,
        route=read_route(keys["goes_to"], organisation) if "goes_to" in keys else None,
        about=keys["about"].choice(ABOUT, "kind of thing that a matter is about, called")
        if "about" in keys
        else SERIES,
        collects=_collects(keys["collects"]) if "collects" in keys else None,
        several="several" in keys and keys["several"].yes(),
    )


def _collects(node: Node) -> Collects:
    keys = node.table(words.COLLECTS)
    return Collects(
        workflow=keys["workflow"].text() if "workflow" in keys else "",
        none_in=keys["none_in"].names() if "none_in" in keys else (),
    )


def _start(keys: Mapping[str, Node], names: Names, states: tuple[State, ...]) -> Step:
    initial = next((state.name for state in states if state.initial), "")
    return read_start(keys.get("start"), names, initial)


def _states(node: Node) -> tuple[State, ...]:
    states = []
    for name, below in node.entries().items():
        keys = below.table(words.STATE)
        states.append(
            State(
                name=name,
                label=keys["label"].text() if "label" in keys else in_words(name),
                initial="initial" in keys and keys["initial"].yes(),
                final="final" in keys and keys["final"].yes(),
                no_deadline=keys["no_deadline"].text() if "no_deadline" in keys else "",
                rests="rests" in keys and keys["rests"].yes(),
            )
        )
    return tuple(states)
