"""A decision for a body that the matter is not with."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "'answer' is not a decision of CMT; the matter is with CPEG."
FIX = "Ask carl or clara."


def provoke():
    return (
        intervention()
        .refused("answer", "clara", date(2026, 11, 30), body="CMT", category="category_1")
        .reasons
    )
