"""The `steps:` and `start:` sections of a workflow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflows import keys as words
from workflows.definition import (
    ASKED,
    BODY,
    GOVERNANCE_LEAD,
    NOTHING,
    PROPOSE,
    SAME,
    SYSTEM,
    Condition,
    State,
    Step,
)
from workflows.effects import EFFECTS
from workflows.fields import CHOICE, DURATION, FIELD_TYPES
from workflows.guards import GUARDS
from workflows.node import Node
from workflows.organisation import Organisation
from workflows.sections.people import in_words
from workflows.upon import UPON

ONE, EVERYONE = "one", "everyone"
"""What stands under `quorum` besides a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Every name that a workflow may use, gathered before any of it is read."""

    states: tuple[str, ...]
    steps: tuple[str, ...]
    deadlines: tuple[str, ...]
    people: tuple[str, ...]
    """Roles and bodies of the pack."""
    lengths: frozenset[str]
    """Fields that hold a length of time."""

    @classmethod
    def of(
        cls,
        steps: Node,
        start: Node | None,
        deadlines: Node | None,
        states: tuple[State, ...],
        organisation: Organisation,
    ) -> Names:
        """Gather them."""
        listed = [item.value for item in _listed(steps, quiet=True) if isinstance(item.value, dict)]
        done = [value.get("do") for value in listed]
        begun = start.value if start is not None and isinstance(start.value, dict) else {}
        clocks = deadlines.value if deadlines is not None else {}
        return cls(
            states=tuple(state.name for state in states),
            steps=tuple(name for name in done if isinstance(name, str)),
            deadlines=tuple(str(name) for name in clocks) if isinstance(clocks, dict) else (),
            people=(*organisation.bodies, *organisation.roles),
            lengths=frozenset(name for value in (begun, *listed) for name in _lengths(value)),
        )


def _lengths(value: Mapping[str, object]) -> Iterator[str]:
    for fields in (value.get("needs"), value.get("may")):
        if isinstance(fields, dict):
            yield from (str(name) for name, type_ in fields.items() if type_ == DURATION)


def read_steps(node: Node, names: Names) -> tuple[Step, ...]:
    """Read the steps, in their order."""
    steps: list[Step] = []
    for item in _listed(node):
        step = _step(item, names)
        if step.name in {each.name for each in steps} or step.name == PROPOSE:
            item.at("do", None).problem(
                "GT-FLOW-031", f"There are two steps '{step.name}'.", "Rename one of them."
            )
        steps.append(step)
    return tuple(steps)


def read_start(node: Node | None, names: Names, initial: str) -> Step:
    """The built-in step that begins an instance; anybody may take it unless `by` says who."""
    found = node.table(words.START) if node is not None else {}
    return Step(
        name=PROPOSE,
        label="Propose",
        source=(),
        target=initial,
        by=_people(found["by"], names) if "by" in found else (),
        needs=_fields(found["needs"]) if "needs" in found else {},
        may=_fields(found["may"]) if "may" in found else {},
        effect=found["effect"].choice(EFFECTS, "effect", "GT-FLOW-033") if "effect" in found else None,
    )


def _step(node: Node, names: Names) -> Step:
    keys = node.table(words.STEP)
    name = keys["do"].text() if "do" in keys else ""
    states = (*names.states, SAME)
    steps = (*names.steps, PROPOSE)
    return Step(
        name=name,
        label=keys["label"].text() if "label" in keys else in_words(name),
        source=_source(keys["from"], names) if "from" in keys else (),
        target=keys["to"].choice(states, "state", "GT-FLOW-034") if "to" in keys else "",
        by=_people(keys["by"], names) if "by" in keys else (),
        needs=_fields(keys["needs"]) if "needs" in keys else {},
        may=_fields(keys["may"]) if "may" in keys else {},
        not_same_person_as=_named(keys, "not_same_person_as", steps, "step", "GT-FLOW-032"),
        same_person_as=_named(keys, "same_person_as", steps, "step", "GT-FLOW-032"),
        only_when=_conditions(keys["only_when"]) if "only_when" in keys else (),
        effect=keys["effect"].choice(EFFECTS, "effect", "GT-FLOW-033") if "effect" in keys else None,
        restarts=_one(keys, "restarts", names.deadlines),
        extends=_one(keys, "extends", names.deadlines),
        upon=keys["upon"].choice(UPON, "thing that happens, called") if "upon" in keys else None,
        ends_round="ends_round" in keys and keys["ends_round"].yes(),
        names_outstanding=keys["names_outstanding"].text() if "names_outstanding" in keys else "",
        in_person="in_person" in keys and keys["in_person"].yes(),
        words=keys["words"].whole_number() if "words" in keys else None,
        quorum=_quorum(keys),
        everyone="quorum" in keys and keys["quorum"].value == EVERYONE,
        answers={name: below.text() for name, below in keys["answers"].entries().items()}
        if "answers" in keys
        else {},
        gives={name: below.text() for name, below in keys["gives"].entries().items()}
        if "gives" in keys
        else {},
    )


def _source(node: Node, names: Names) -> tuple[str, ...]:
    """The states in which a step can be taken; or nothing, which stands alone."""
    found = node.choices((*names.states, NOTHING), "state", "GT-FLOW-034")
    if NOTHING in found and len(found) > 1:
        node.problem(
            "GT-FLOW-460",
            "A step from nothing begins a matter, so it is taken in no state besides.",
            "Write two steps: one from nothing, and one from the states.",
        )
    return found


def _quorum(keys: dict[str, Node]) -> int | None:
    """How many people; None for one, and for everyone."""
    if "quorum" not in keys or keys["quorum"].value in (ONE, EVERYONE):
        return None
    return keys["quorum"].whole_number()


def _listed(node: Node, *, quiet: bool = False) -> list[Node]:
    if isinstance(node.value, list | tuple) and node.value:
        return node.items()
    if not quiet:
        node.problem(
            "GT-FLOW-016",
            "'steps' must be a list of steps.",
            "Write each as - {do: …, from: …, to: …, by: …}.",
        )
    return []


def _people(node: Node, names: Names) -> tuple[str, ...]:
    known = (BODY, ASKED, SYSTEM, *names.people, GOVERNANCE_LEAD)
    return node.choices(known, "role or body", "GT-FLOW-030")


def _fields(node: Node) -> dict[str, str]:
    return {name: _type(below) for name, below in node.entries().items()}


def _type(node: Node) -> str:
    """A type of the closed list; or a list of the answers that there are."""
    if isinstance(node.value, list | tuple) and len(node.value) > 1:
        return CHOICE.join(node.names())
    return node.choice(FIELD_TYPES, "type of field", "GT-FLOW-036")


def _named(keys: dict[str, Node], key: str, known: tuple[str, ...], what: str, code: str) -> tuple[str, ...]:
    return keys[key].choices(known, what, code) if key in keys else ()


def _one(keys: dict[str, Node], key: str, known: tuple[str, ...]) -> str | None:
    return keys[key].choice(known, "deadline", "GT-FLOW-035") if key in keys else None


def _conditions(node: Node) -> tuple[Condition, ...]:
    conditions = []
    for item in node.items():
        asks = isinstance(item.value, Mapping) and "field" in item.value
        keys = item.table(words.FIELD_CONDITION if asks else words.CONDITION)
        if asks and len(keys) == len(words.FIELD_CONDITION):
            conditions.append(
                Condition(
                    guard="",
                    otherwise=keys["else"].text(),
                    field=keys["field"].text(),
                    among=keys["is"].names(),
                )
            )
        elif not asks and len(keys) == len(words.CONDITION):
            guard = keys["guard"].choice(GUARDS, "guard", "GT-FLOW-037")
            conditions.append(Condition(guard=guard, otherwise=keys["else"].text()))
    return tuple(conditions)
