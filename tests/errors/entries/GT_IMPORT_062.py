"""An approved historic load that was interrupted, and that somebody else goes on with."""

from tests.errors.council import a_council
from tests.errors.history import LEAD, approved, load

SAYS = "Person p2 approved history-000000000000-1, and goes on with it."
FIX = (
    "Let them say: goldenthread import approve history-000000000000-1. Or give up what is left of it: "
    "goldenthread import give-up history-000000000000-1 --reason WORDS."
)


def provoke():
    council = a_council()
    approved(council)
    load(council, LEAD)
