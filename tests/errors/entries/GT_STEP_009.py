"""A decision for a body by somebody who is neither its clerk nor its chair."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "On 30 November 2026 sue is neither the clerk nor the chair of CPEG."
FIX = "Ask carl or clara."


def provoke():
    return (
        intervention()
        .refused("answer", "sue", date(2026, 11, 30), body="CPEG", category="category_1")
        .reasons
    )
