"""A step after the matter is over."""

from datetime import date

from tests.unit.workflows.town import WORDS, intervention

SAYS = "'answer' comes too late: it is over (No corporate action)."
FIX = ""


def provoke():
    story = intervention()
    story.take("decline", "clara", date(2026, 11, 30), body="CPEG", reason=WORDS)
    return story.refused("answer", "clara", date(2026, 11, 30), body="CPEG", category="category_1").reasons
