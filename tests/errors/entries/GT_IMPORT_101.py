"""An import whose machine was switched off before its rows were applied."""

from engine.commands import AcceptImport
from tests.errors.council import ANALYST, a_council, findings

SAYS = "The import of “return.csv” by Priya (import-0123456789ab-1, event 15) was interrupted."
FIX = (
    "Import the same file again: it goes on where it stopped. Or give up what is left of it: "
    "goldenthread import give-up import-0123456789ab-1 --reason WORDS."
)


def provoke():
    council = a_council()
    name = council.text("return.csv")
    accepted = AcceptImport(
        import_id="import-0123456789ab-1", digest="0" * 64, rows=9, changes=9, name=name.ref
    )
    council.ask(accepted, ANALYST, texts=[name])
    return findings(council)
