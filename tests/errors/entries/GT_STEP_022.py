"""A decision dated before the matter began."""

from datetime import date

from tests.unit.workflows.town import intervention

SAYS = "2 November 2026 is before the matter began, on 16 November 2026."
FIX = "Give the day of the meeting or decision."


def provoke():
    return (
        intervention(on=date(2026, 11, 16))
        .refused(
            "answer",
            "clara",
            date(2026, 11, 2),
            received=date(2026, 12, 1),
            body="CPEG",
            category="category_1",
        )
        .reasons
    )
