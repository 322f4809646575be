"""Trying an incident again while a worker ticks."""

from engine.deadlines.tick import retry
from tests.errors.due_deadlines import with_a_due_deadline

SAYS = "Another worker is ticking this book just now: nothing was tried."
FIX = "Do the same again in a moment."


def provoke():
    council = with_a_due_deadline()
    with council.store.alone("tick"):
        retry(council.engine, [], council.now())
