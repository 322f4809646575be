"""A program that puts one command twice into a unit of work."""

from engine.testing import InMemoryStore
from tests.errors.books import a_part, a_unit

SAYS = "Command C1 stands twice in one unit of work."
FIX = "This is a mistake in the program: please report it."


def provoke():
    InMemoryStore().commit(a_unit(a_part(), a_part()))
