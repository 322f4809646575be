"""A day that is none."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "'2026-02-30' will not do for 'review_on'."
FIX = "Give a day as YYYY-MM-DD."


def provoke():
    return (
        intervention()
        .refused("leave_with_service", "clara", date(2026, 11, 30), body="CPEG", review_on="2026-02-30")
        .reasons
    )
