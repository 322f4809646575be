"""A mistake in the program shows while a deadline passes."""

from events.errors import Problem
from tests.errors.due_deadlines import with_a_due_deadline

SAYS = (
    "This is a mistake in the program (ZeroDivisionError). Please report it with the lines of the log that name it; "
    "it is tried again meanwhile."
)


def provoke():
    council = with_a_due_deadline(broken_by=ZeroDivisionError())
    return [Problem(code=failed.code, sentence=failed.error) for failed in council.tick().failed]
