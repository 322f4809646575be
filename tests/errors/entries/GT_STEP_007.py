"""A clerk who does not say for which body."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "'answer' is a decision of CPEG, and it is not said that clara acts for it."
FIX = "Say so: --on-behalf-of CPEG."


def provoke():
    return intervention().refused("answer", "clara", date(2026, 11, 30), category="category_1").reasons
