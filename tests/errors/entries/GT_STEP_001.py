"""A step that does not lead on from where the matter stands."""

from datetime import date

from tests.unit.workflows.town import WORDS, intervention

SAYS = "'report' is not possible at 'Waiting for CPEG to answer', only at 'In place, reporting to CPEG'."
FIX = ""


def provoke():
    return intervention().refused("report", "sue", date(2026, 11, 30), report=WORDS).reasons
