"""Random workflows that are in order, and what may happen to a matter of one, for the machine that tries to cheat."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from engine.packs.pack import Pack
from tests.integration.conftest import varied
from workflows.compile import compile_definition
from workflows.definition import Definition

ROLES = ("data_enterer", "data_manager", "service_manager")
BODIES = ("CPEG", "CMT")
WORKFLOW = "random"
NAMES = tuple(f"t{number}" for number in range(6))


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    """A workflow's tree: a way from the first state to the end, and steps beside it that lead anywhere."""
    count = draw(st.integers(2, 3))
    states = [f"s{number}" for number in range(count)]
    steps = []
    for number, name in enumerate(NAMES[: count + draw(st.integers(0, 3))]):
        on_the_way = number < count
        target = ("end" if number == count - 1 else states[number + 1]) if on_the_way else None
        sources = (
            [states[number]]
            if on_the_way
            else draw(st.lists(st.sampled_from(states), min_size=1, unique=True))
        )
        steps.append(_step(draw, name, sources, target or draw(st.sampled_from([*states, "end", "same"]))))
    names = [step["do"] for step in steps]
    for step in steps:
        others = draw(st.lists(st.sampled_from(["propose", *names]), max_size=3, unique=True))
        if others:
            step["not_same_person_as"] = others
    return {
        "workflow": WORKFLOW,
        "version": "1",
        "about": "council",
        "start": {"by": list(ROLES), "may": {"size": "number"}},
        "states": {
            **{name: {"no_deadline": "nobody waits"} for name in states},
            states[0]: {"initial": "yes", "no_deadline": "nobody waits"},
            "end": {"final": "yes"},
        },
        "steps": steps,
    }


def _step(draw: st.DrawFn, name: str, sources: list[str], target: str) -> dict[str, Any]:
    step: dict[str, Any] = {
        "do": name,
        "from": sources,
        "to": target,
        "by": draw(st.lists(st.sampled_from([*ROLES, *BODIES]), min_size=1, max_size=2, unique=True)),
    }
    if draw(st.booleans()):
        step["may"] = {"size": "number"}
    if draw(st.booleans()):
        step["quorum"] = draw(st.sampled_from(["2", "2", "3"]))
    if draw(st.integers(0, 4)) == 0:
        step["ends_round"] = "yes"
    return step


def pack_with(example: Pack, tree: dict[str, Any]) -> tuple[Pack, Definition]:
    """The example pack with this workflow too; the tree must be in order.

    Where a round would let a bar lapse, which is refused, no step ends one.
    """
    definition, problems = compile_definition(tree, parameters={}, organisation=example.organisation)
    if {each.code for each in problems} == {"GT-FLOW-500"}:
        steps = [
            {name: said for name, said in step.items() if name != "ends_round"} for step in tree["steps"]
        ]
        definition, problems = compile_definition(
            {**tree, "steps": steps}, parameters={}, organisation=example.organisation
        )
    assert definition is not None, problems
    return varied(example, workflows={**example.workflows, WORKFLOW: definition}), definition
