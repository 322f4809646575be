"""A round: the same matter begun for every service, or asked for again where an earlier one stands.

Planned from what the book holds, and sent as one command: whoever has it already is left alone, so that a round can be
begun again after services were added, and does nothing twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.commands import Step as Taken
from engine.queries.reader import Reader
from engine.states.matters import Matters
from events import stream as streams
from events.errors import Invalid
from events.kinds.workflow import FieldValue
from workflows.definition import PROPOSE, SYSTEM, Definition, Step
from workflows.instance import Instance
from workflows.machine import legal_moves

PERIOD = "period"
"""The field that says which round a matter belongs to; a workflow without it has one matter open and no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What beginning a matter for every service comes to."""

    steps: tuple[Taken, ...]
    """One for each service that has none for this period yet."""
    there: tuple[str, ...]
    """Services that have one for this period or a later one, at whatever stage."""
    owing: tuple[str, ...]
    """Services that still owe an earlier one: it comes first."""

    @property
    def services(self) -> int:
        """All services there are."""
        return len(self.steps) + len(self.there) + len(self.owing)


def plan_round(
    reader: Reader, definition: Definition, workflow: str, fields: Mapping[str, FieldValue]
) -> Round:
    """What is to be done for each service of the book, in the order of their codes.

    Raises Invalid where something that a matter begins with is not said, also where no service is left to begin it for.
    """
    _check_complete(workflow, definition, fields)
    services = sorted(reader.work.services().parents)
    reader.work.fetch(streams.matters(workflow, "", service) for service in services)
    steps: list[Taken] = []
    there: list[str] = []
    owing: list[str] = []
    for service in services:
        held = reader.work.matters(workflow, "", service)
        if _has(held, fields):
            there.append(service)
        elif (name := _step(reader, held, definition)) is None:
            owing.append(service)
        else:
            steps.append(
                Taken(
                    workflow=workflow,
                    indicator="",
                    service=service,
                    subject="" if name == PROPOSE else str(held.open),
                    step=name,
                    fields=dict(fields),
                )
            )
    return Round(steps=tuple(steps), there=tuple(there), owing=tuple(owing))


def _check_complete(workflow: str, definition: Definition, fields: Mapping[str, FieldValue]) -> None:
    missing = [name for name in definition.start.needs if not fields.get(name)]
    if missing:
        given = " ".join(f"--{name.replace('_', '-')} …" for name in missing)
        raise Invalid.of(
            "GT-STEP-131",
            f"A round of '{workflow}' needs {' and '.join(missing)}.",
            f"'goldenthread matter begin {workflow} --every-service' takes it as {given}.",
        )


def _has(held: Matters, fields: Mapping[str, FieldValue]) -> bool:
    """Whether any matter was for this period or a later one; where none is said, whether one is open."""
    if PERIOD not in fields:
        return held.open is not None
    asked = str(fields[PERIOD])
    return any(str(instance.fields.get(PERIOD, "")) >= asked for instance in held.instances.values())


def _step(reader: Reader, held: Matters, definition: Definition) -> str | None:
    """Begin one; or ask for it again where the open one can be; None where the open one is still owed."""
    if held.open is None:
        return PROPOSE
    instance: Instance = held.instances[held.open]
    own = reader.definition(instance.definition)
    governing = own[1] if own else definition
    again = (step for step in legal_moves(governing, instance.state) if _asks_again(governing, step))
    return next((step.name for step in again), None)


def _asks_again(definition: Definition, step: Step) -> bool:
    """A person's step back to the beginning, with everything that a matter begins with."""
    return (
        step.target == definition.initial
        and SYSTEM not in step.by
        and all(step.needs.get(name) == type_ for name, type_ in definition.start.needs.items())
    )
