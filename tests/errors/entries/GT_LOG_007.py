"""A program that files a fact under another command."""

from engine.testing import InMemoryStore
from tests.errors.books import a_part, a_unit

SAYS = "A fact of command C1 was filed under command C2."
FIX = "This is a mistake in the program: please report it."


def provoke():
    InMemoryStore().commit(a_unit(a_part("C1", filed="C2")))
