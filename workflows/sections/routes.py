"""The `goes_to:` section of a workflow: which body a matter goes to, by an answer given at the start."""

from __future__ import annotations

from workflows.definition import Route
from workflows.node import Node
from workflows.organisation import Organisation


def read_route(node: Node, organisation: Organisation) -> Route | None:
    """Read it; one field is asked."""
    asked = node.entries()
    if len(asked) != 1:
        node.problem(
            "GT-FLOW-067", "'goes_to' asks one field.", "Write goes_to: {kpi_class: {strategic: CABINET}}."
        )
        return None
    ((field, below),) = asked.items()
    return Route(
        field=field,
        bodies={
            answer: bodies.choices(organisation.bodies, "body", "GT-FLOW-030")
            for answer, bodies in below.entries().items()
        },
    )
