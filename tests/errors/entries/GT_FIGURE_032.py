"""Taking back what was never set."""

from tests.errors.overriding import end_override

SAYS = "No status set by an officer counts for HW1/highways/2026-06."
FIX = "'goldenthread explain HW1/highways/2026-06' shows where its status comes from."


def provoke():
    end_override()
