"""A step whose condition does not hold: the sentence is the workflow's own."""

from datetime import date

from tests.unit.workflows.town import WORDS, agreed

SAYS = "The indicator is still red: closing needs a waiver with a reason."
FIX = ""


def provoke():
    story = agreed()
    story.take("report", "sue", date(2027, 1, 4), report=WORDS)
    return story.refused("close", "clara", date(2027, 1, 5), body="CPEG", reason=WORDS).reasons
