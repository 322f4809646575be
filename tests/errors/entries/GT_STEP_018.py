"""Two items that move the matter to different rungs."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "Items 13 (CMT support) and 15 (Cabinet support) move the matter to different rungs."
FIX = "Choose one of them."


def provoke():
    fields = {"category": "category_1", "menu": ("13", "15")}
    return intervention().refused("answer", "clara", date(2026, 11, 30), body="CPEG", fields=fields).reasons
