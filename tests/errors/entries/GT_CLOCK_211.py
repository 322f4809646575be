"""A book that was left alone since spring, or a clock that ran ahead: nobody can tell but a person."""

from datetime import date

from tests.errors.council import a_council, findings

SAYS = (
    "The last tick ran at 2026-07-06 08:00 UTC, and this machine's clock says 2026-12-01 09:00 UTC: 148 days would pass at "
    "once, and what has passed is not taken back."
)
FIX = "See that the clock is right; then let them pass: goldenthread tick --catch-up."


def provoke():
    council = a_council()
    council.tick()
    council.at(date(2026, 12, 1))
    return findings(council)
