"""The product taking a person's decision."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "'decline' is a person's decision; the system does not take it."
FIX = "Ask carl or clara."


def provoke():
    return intervention().refused("decline", "system", date(2026, 11, 30), reason="nobody came").reasons
