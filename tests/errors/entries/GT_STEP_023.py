"""A review that lies in the past."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "'review_on' is 30 November 2026, which is not after 30 November 2026."
FIX = "Name a later day."


def provoke():
    return (
        intervention()
        .refused("leave_with_service", "clara", date(2026, 11, 30), body="CPEG", review_on="2026-11-30")
        .reasons
    )
