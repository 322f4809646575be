"""A step with a field that it does not take."""

from datetime import date

from tests.unit.workflows.town import WORDS, agreed

SAYS = "'report' takes no field 'raeson'."
FIX = "It takes report."


def provoke():
    return agreed().refused("report", "sue", date(2027, 1, 4), report=WORDS, raeson=WORDS).reasons
