"""What makes the product take a step by itself: things that happen to the status behind a matter. The list is closed."""

from __future__ import annotations

from workflows.definition import SYSTEM, Definition, Step
from workflows.machine import legal_moves

WITHDRAWN, CLEARED, WORSENED = "withdrawn", "cleared", "worsened"
UPON: dict[str, str] = {
    WITHDRAWN: "A period was judged again, and no trigger behind the matter holds any more.",
    CLEARED: "A later figure came, and no trigger behind the matter holds any more.",
    WORSENED: "A trigger fired again at a worse status than when a person last decided.",
}
"""Word, as definitions write it under `upon` → when it happens."""

_BY_NAME = {"withdraw": WITHDRAWN}
"""Steps that are taken upon something by their name alone, where they do not say so."""


def step_upon(definition: Definition, state: str, happening: str) -> Step | None:
    """The step that the product takes in a state when something happens; None where nothing follows."""
    return next(
        (
            step
            for step in legal_moves(definition, state)
            if SYSTEM in step.by and (step.upon or _BY_NAME.get(step.name)) == happening
        ),
        None,
    )
