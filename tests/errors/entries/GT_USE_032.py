"""A comment with an escape sequence in it, which a terminal would obey."""

from pathlib import Path

from adapters.yaml import YamlDocuments
from engine.office import Office
from engine.testing import CountingIds
from tests.errors.council import a_council

SAYS = "The words given hold a character that cannot be shown (U+001B)."
FIX = "Type them again as plain text in UTF-8."


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
    office.text("innocent \x1b]0;words")
