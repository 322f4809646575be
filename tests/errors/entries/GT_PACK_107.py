"""A book with an instance that began under a definition which no adopted pack holds."""

from datetime import date

from engine.work import Work
from tests.errors.council import a_council
from workflows.instance import Instance

SAYS = "No adopted pack holds the definition 000000000000… of the workflow 'intervention'."
FIX = "Run 'goldenthread audit verify' and restore the book from a backup."


def provoke():
    council = a_council()
    began = Instance(
        workflow="intervention",
        subject="1",
        state="proposed",
        definition="0" * 64,
        started_on=date(2026, 7, 6),
        started_by="p1",
        moved_on=date(2026, 7, 6),
    )
    council.engine.shelf.for_instance(Work(council.engine.memory).framework(), began)
