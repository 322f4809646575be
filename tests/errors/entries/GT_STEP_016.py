"""An item that the menu does not have."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "There is no item '6' in the menu."
FIX = "Its items are 5, 8, 12, 13, 15, 20."


def provoke():
    fields = {"category": "category_1", "menu": ("6",)}
    return intervention().refused("answer", "clara", date(2026, 11, 30), body="CPEG", fields=fields).reasons
