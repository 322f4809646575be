"""An import that somebody else has taken up and finished."""

from engine.commands import FinishImport
from tests.errors.council import ANALYST, a_council

SAYS = "There is no unfinished import import-0123456789ab-1."
FIX = "Import the file again; what is in the book already is left alone."


def provoke():
    a_council().ask(FinishImport(import_id="import-0123456789ab-1"), ANALYST)
