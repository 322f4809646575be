"""A body answers a matter whose deadline has gone by and could not be passed."""

from tests.errors.due_deadlines import with_a_due_deadline

SAYS = (
    "The deadline 'answer' of HW1/highways#1 has gone by and could not be passed, and until it has, nothing is decided on "
    "HW1/highways#1 (incident a910e41): This is a mistake in the program (ZeroDivisionError). Please report it with the "
    "lines of the log that name it; it is tried again meanwhile."
)
FIX = "Try it again with 'goldenthread incident retry a910e41'; 'goldenthread incident show a910e41' says what happened."


def provoke():
    council = with_a_due_deadline(broken_by=ZeroDivisionError())
    clerk = council.hire("Carl", "clerk", scope="BOARD")
    matter = ("HW1", "highways", "1")
    council.step(
        clerk, "intervention", matter, "leave_with_service", {"review_on": "2026-09-01"}, body="BOARD"
    )
