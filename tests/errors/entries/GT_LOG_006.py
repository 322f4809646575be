"""A program that files content under the digest of something else."""

from engine.testing import InMemoryStore
from tests.errors.books import a_unit

SAYS = "The content filed under digest 0000000000000000… has another digest."
FIX = "This is a mistake in the program: please report it."


def provoke():
    InMemoryStore().commit(a_unit(blobs={"0" * 64: b"bands"}))
