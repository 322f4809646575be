"""A program that answers an intervention that never was; the command line finds that earlier."""

from tests.errors.council import LEAD, a_council

SAYS = "HW1/highways has no intervention number 3."
FIX = "'goldenthread intervention list' shows those there are."


def provoke():
    a_council().step(LEAD, "intervention", ("HW1", "highways", "3"), "answer", {"category": "soon"})
