"""More time that is none."""

from datetime import date

from tests.unit.workflows.town import WORDS, agreed

SAYS = "An extension to 28 February 2027 is none: it must be later than 28 February 2027."
FIX = "Name a later day."


def provoke():
    story = agreed()
    story.take("ask_extension", "sue", date(2027, 1, 4), until="2027-03-31", reason=WORDS)
    return story.refused(
        "agree_extension", "clara", date(2027, 1, 5), body="CPEG", until="2027-02-28", reason=WORDS
    ).reasons
