"""How a KPI of the register comes to where a step can be taken: taken up as it is, where it has no matter yet."""

from __future__ import annotations

from collections.abc import Mapping

from events.kinds.workflow import FieldValue
from workflows.definition import PROPOSE, Definition, Step
from workflows.routing import REFER_TO


def ways_in(definition: Definition, known: Mapping[str, FieldValue]) -> list[Step]:
    """The steps from nothing whose conditions hold, as far as anything is known of the KPI."""
    return [
        step
        for step in definition.beginnings
        if step.name != PROPOSE
        and all(known.get(each.field, each.among[0]) in each.among for each in step.only_when if each.field)
    ]


def way_to(definition: Definition, step: Step, known: Mapping[str, FieldValue]) -> Step | None:
    """The step from nothing that leads to where a step can be taken; None where none does."""
    return next((each for each in ways_in(definition, known) if each.target in step.source), None)


def missing_for(definition: Definition, step: Step, known: Mapping[str, FieldValue]) -> tuple[str, ...]:
    """What a step from nothing needs and is not known; the body too, where there are several for the answer."""
    missing = [name for name in step.needs if name not in known]
    route = definition.route
    bodies = route.bodies.get(str(known.get(route.field, "")), ()) if route else ()
    if len(bodies) > 1 and REFER_TO not in known:
        missing.append(REFER_TO)
    return tuple(missing)
