"""A deadline that a tick could not pass."""

from tests.errors.council import findings
from tests.errors.due_deadlines import with_a_due_deadline

SAYS = (
    "1 deadline or reminder could not be passed, the first since 7 Aug 2026 09:00: 'answer' of HW1/highways#1 (1 try). "
    "This is a mistake in the program (ZeroDivisionError). Please report it with the lines of the log that name it; "
    "it is tried again meanwhile."
)
FIX = (
    "See 'goldenthread incident list' and 'goldenthread incident show a910e41'; each is tried again by itself, or now "
    "with 'goldenthread incident retry'."
)


def provoke():
    council = with_a_due_deadline(broken_by=ZeroDivisionError())
    council.tick()
    return findings(council)
