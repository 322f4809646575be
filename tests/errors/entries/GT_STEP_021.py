"""A decision dated in the future."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "A decision cannot take effect on 24 December 2026: today is 1 December 2026."
FIX = "Record it when the day has come."


def provoke():
    return (
        intervention()
        .refused(
            "answer",
            "clara",
            date(2026, 12, 24),
            received=date(2026, 12, 1),
            body="CPEG",
            category="category_1",
        )
        .reasons
    )
