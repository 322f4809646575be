"""A step without a field that it needs."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "'answer' needs 'category'."
FIX = "Give it: a report-back category of the pack."


def provoke():
    return intervention().refused("answer", "clara", date(2026, 11, 30), body="CPEG").reasons
