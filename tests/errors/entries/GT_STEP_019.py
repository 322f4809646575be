"""An item that moves the matter to where it is."""

from datetime import date

from tests.unit.workflows.town import WORDS, intervention

SAYS = "Item 13 (CMT support) moves the matter to CMT, where it already is."
FIX = "Leave it out."


def provoke():
    story = intervention()
    story.take("move", "carl", date(2026, 11, 30), rung="CMT", reason=WORDS)
    fields = {"category": "category_1", "menu": ("13",)}
    return story.refused("answer", "clara", date(2026, 11, 30), body="CMT", fields=fields).reasons
