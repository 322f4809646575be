"""A program that begins an intervention about an indicator alone; the command line asks for the service."""

from tests.errors.council import LEAD, a_council

SAYS = "A matter of the workflow 'intervention' is about a series, not about HW1."
FIX = "Name what it is about, and no more."


def provoke():
    a_council().step(LEAD, "intervention", ("HW1", "", ""), "propose", {"refer_to": "BOARD"})
