"""More time where no clock runs."""

from datetime import date

import msgspec

from tests.unit.workflows.town import WORDS, agreed

SAYS = "There is nothing to extend: 'Report back to CPEG' does not run."
FIX = ""


def provoke():
    story = agreed()
    story.take("ask_extension", "sue", date(2027, 1, 4), until="2027-03-31", reason=WORDS)
    story.instance = msgspec.structs.replace(story.now, open={})
    return story.refused(
        "agree_extension", "clara", date(2027, 1, 5), body="CPEG", until="2027-03-31", reason=WORDS
    ).reasons
