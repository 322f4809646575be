"""Which body a matter goes to: where that follows from what is asked for, nobody can take it elsewhere.

Source: Cambridgeshire 2022, Appendix 1: strategic KPIs are approved by one committee, the others by those of policy
and service.
"""

from __future__ import annotations

from events.errors import Problem
from workflows.situation import Situation, reason

REFER_TO = "refer_to"


def goes_to(situation: Situation) -> str | None:
    """The body that this step sends the matter to; None where it does not, or where it must be said and is not."""
    bodies = _bodies(situation)
    named = situation.taking.fields.get(REFER_TO)
    if bodies is None or isinstance(named, str):
        return None
    return bodies[0] if len(bodies) == 1 else None


def routing_reasons(situation: Situation) -> list[Problem]:
    """What is wrong with where a step sends the matter."""
    route, bodies = situation.definition.route, _bodies(situation)
    if route is None or bodies is None:
        return []
    answer, named = situation.field(route.field), situation.taking.fields.get(REFER_TO)
    said = f"{route.field.replace('_', ' ')} '{answer}'"
    one_of = ", ".join(bodies)
    if named is None and len(bodies) > 1:
        return [
            reason(
                "GT-STEP-031",
                f"It is not said which body decides on {said}.",
                f"Say refer_to: one of {one_of}.",
            )
        ]
    if named is None or named in bodies:
        return []
    if not bodies:
        return [
            reason(
                "GT-STEP-032",
                f"No body decides on {said}, so it does not go to {named}.",
                "Leave refer_to out.",
            )
        ]
    return [
        reason("GT-STEP-033", f"{named} does not decide on {said}.", f"That is for {' or '.join(bodies)}.")
    ]


def _bodies(situation: Situation) -> tuple[str, ...] | None:
    """The bodies for the answer; None where this step says nothing of where the matter goes."""
    route, given = situation.definition.route, situation.taking.fields
    if route is None or not {route.field, REFER_TO} & set(given):
        return None
    answer = situation.field(route.field)
    return route.bodies.get(answer, ()) if answer else None
