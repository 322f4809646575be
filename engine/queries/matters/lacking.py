"""What a matter brings together from every service and does not have, as people read it."""

from __future__ import annotations

from engine.queries.names import Names
from engine.queries.shown import joined
from engine.surroundings import Surroundings
from workflows.definition import Definition
from workflows.instance import Instance


def outstanding_lines(
    definition: Definition, instance: Instance, facts: Surroundings, names: Names
) -> tuple[str, ...]:
    """One line a service: where its matter stands, and who owes it."""
    if definition.collects is None:
        return ()
    period = instance.fields.get("period")
    found = facts.outstanding(definition.collects, period if isinstance(period, str) else None)
    return tuple(
        f"{each.service}: {each.why}" + (f" ({joined(names.people(each.people))})" if each.people else "")
        for each in found
    )
