"""An item of the menu chosen twice."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "An item of the menu is chosen twice."
FIX = "Name each item once."


def provoke():
    fields = {"category": "category_1", "menu": ("5", "5")}
    return intervention().refused("answer", "clara", date(2026, 11, 30), body="CPEG", fields=fields).reasons
