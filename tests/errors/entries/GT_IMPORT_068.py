"""A file too large to be kept in the book, of which it holds the digest alone."""

from pathlib import Path

from adapters.yaml import YamlDocuments
from engine.importing.kept import content_kept
from engine.office import Office
from engine.testing import CountingIds
from tests.errors.council import a_council

SAYS = "The book does not hold the file of import-000000000000-1, only its digest 0000000000000000…."
FIX = "Look for the file itself, whose SHA-256 is the digest that 'goldenthread import show' gives in full."


def provoke():
    council = a_council()
    office = Office(
        engine=council.engine,
        clock=council.clock,
        ids=CountingIds(),
        account="tester@here",
        documents=YamlDocuments(),
        folder=Path(),
        packs=Path(),
    )
    content_kept(office, "0" * 64, "the file of import-000000000000-1")
