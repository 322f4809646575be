"""A fact longer than the log takes."""

from engine.testing import InMemoryStore
from tests.errors.books import a_part, a_unit

SAYS = "A fact of type meeting.added would take 70319 bytes; at most 60000 fit."
FIX = "Attach the long part as evidence, or split the return into several files."


def provoke():
    InMemoryStore().commit(a_unit(a_part(body="x" * 70_000)))
