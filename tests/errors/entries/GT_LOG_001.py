"""A fact longer than the log takes."""

from engine.testing import InMemoryStore
from tests.errors.books import a_part, a_unit

SAYS = "A fact of type meeting.added would take 70,319 bytes; at most 60,000 fit."
FIX = "Shorten the longest part of it."


def provoke():
    InMemoryStore().commit(a_unit(a_part(body="x" * 70_000)))
