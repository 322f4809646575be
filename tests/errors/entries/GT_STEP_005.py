"""A step for somebody else's role."""

from datetime import date

from tests.unit.workflows.town import WORDS, agreed

SAYS = "'report' is for Service manager or Chief officer; ann is none of these on 4 January 2027."
FIX = "Ask sue or otto."


def provoke():
    return agreed().refused("report", "ann", date(2027, 1, 4), report=WORDS).reasons
