"""A file too large to be kept in the book, of which it holds the digest alone."""

from engine.importing.kept import content_kept
from tests.errors.council import a_council
from tests.office import office_of

SAYS = "The book does not hold the file of import-000000000000-1, only its digest 0000000000000000…."
FIX = "Look for the file itself, whose SHA-256 is the digest that 'goldenthread import show' gives in full."


def provoke():
    office = office_of(a_council())
    content_kept(office, "0" * 64, "the file of import-000000000000-1")
