"""What a matter brings together from every service, and what of it is lacking when a step is taken."""

from __future__ import annotations

from events.errors import Problem
from events.kinds.workflow import FieldValue
from workflows.definition import YES
from workflows.situation import Situation, reason
from workflows.surroundings import Outstanding

OUTSTANDING = "outstanding"
"""The field in which a step records what was lacking."""


def lacking(situation: Situation) -> tuple[Outstanding, ...]:
    """What is collected for the period of the matter, and is not there; nothing where nothing is collected."""
    collects = situation.definition.collects
    return situation.facts.outstanding(collects, situation.field("period")) if collects else ()


def named_outstanding(situation: Situation) -> dict[str, FieldValue]:
    """The field that a step records by itself; none where nothing is lacking."""
    if not situation.step.names_outstanding:
        return {}
    services = tuple(each.service for each in lacking(situation))
    return {OUTSTANDING: services} if services else {}


def collected_reasons(situation: Situation) -> list[Problem]:
    """Where something is waited for, and it is not said that the step is taken without it."""
    said_in = situation.step.names_outstanding
    if said_in in ("", YES) or situation.taking.fields.get(said_in):
        return []
    waits = [each for each in lacking(situation) if each.waits]
    if not waits:
        return []
    period = situation.field("period") or "its period"
    named = ", ".join(f"{each.service} ({' or '.join(each.people) or each.why})" for each in waits)
    sentence = f"'{situation.step.name}' would go without what is outstanding of {period}: {named}."
    return [reason("GT-STEP-492", sentence, f"Say so in '{said_in}', or wait for it.")]
