"""Moving the matter to where it is."""

from datetime import date

from tests.unit.workflows.town import WORDS, intervention

SAYS = "The matter is already with CPEG."
FIX = "Name another rung of the ladder."


def provoke():
    return intervention().refused("move", "carl", date(2026, 11, 30), rung="CPEG", reason=WORDS).reasons
