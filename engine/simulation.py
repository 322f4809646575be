"""Which clock a book is kept under: the machine's, or one set by hand, to practise with. That is settled at its opening.

A real record dated by hand would look like any other; so only a book that says so is written under such a clock.
"""

from __future__ import annotations

from engine.office import Office
from engine.states.framework import Book
from engine.work import Work
from events.errors import GoldenthreadError, Problem, Refused


def check_clock(office: Office) -> None:
    """Nothing is written under a clock set by hand where the book was opened under the machine's. Raises Refused."""
    if not office.simulated:
        return
    book = _book(office)
    if book.name and not book.simulated:
        raise Refused(
            Problem(
                code="GT-BOOK-011",
                sentence=f"The clock is set by hand to {office.clock.now().isoformat(timespec='minutes')}, but this book was "
                "opened under the machine's clock: nothing is written to it under another.",
                fix="Leave out --clock and GOLDENTHREAD_CLOCK, and 'clock' in goldenthread.toml; --dry-run and commands that "
                "read take any clock. To practise, open a book of its own under one with 'goldenthread init'.",
            )
        )


def out_of_its_time(office: Office) -> Problem | None:
    """A remark where a book opened under a clock set by hand is used under the machine's."""
    if office.simulated:
        return None
    try:
        simulated = _book(office).simulated
    except GoldenthreadError:
        return None  # whatever is wrong with the book is told by the command itself
    if not simulated:
        return None
    return Problem(
        code="GT-BOOK-012",
        sentence="This book was opened under a clock set by hand, and is used under the machine's clock now.",
        fix="To stay in its time, set 'clock' in goldenthread.toml or GOLDENTHREAD_CLOCK again.",
        severity="warning",
    )


def _book(office: Office) -> Book:
    office.engine.memory.catch_up()
    return Work(office.engine.memory).book()
