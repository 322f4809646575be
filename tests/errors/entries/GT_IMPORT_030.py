"""Two people who import the same file at the same moment: the slower one."""

from engine.commands import AcceptImport
from tests.errors.council import ANALYST, a_council

SAYS = "The import import-0123456789ab-1 has been accepted already."
FIX = "Import the file again; what is in the book already is left alone."


def provoke():
    council = a_council()
    for _ in range(2):
        name = council.text("return.csv")
        accepted = AcceptImport(
            import_id="import-0123456789ab-1", digest="0" * 64, rows=9, changes=9, name=name.ref
        )
        council.ask(accepted, ANALYST, texts=[name])
