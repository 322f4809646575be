"""An approved historic load that was interrupted, and that somebody turns down."""

from engine.commands import DeclineHistory
from tests.errors.council import a_council
from tests.errors.history import LOAD, SECOND, approved

SAYS = "The historic load history-000000000000-1 was approved already, and is not finished."
FIX = (
    "Go on with it: goldenthread import approve history-000000000000-1. Or give up what is left of it: "
    "goldenthread import give-up history-000000000000-1 --reason WORDS."
)


def provoke():
    council = a_council()
    approved(council)
    why = council.text("Nobody needs it.")
    council.ask(DeclineHistory(import_id=LOAD, reason=why.ref), SECOND, texts=(why,))
