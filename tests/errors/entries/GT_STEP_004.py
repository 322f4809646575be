"""Proposing what has begun."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "It has begun already."
FIX = "Take one of its steps instead."


def provoke():
    return intervention().refused("propose", "sue", date(2026, 11, 30), refer_to="CMT").reasons
