"""A category that the pack does not have."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "There is no report-back category 'category_5'. Did you mean 'category_4'?"
FIX = "Known: category_1, category_2, category_3, category_4."


def provoke():
    return (
        intervention()
        .refused("answer", "clara", date(2026, 11, 30), body="CPEG", category="category_5")
        .reasons
    )
