"""The second approval is said to have been given before the first."""

from tests.unit.workflows.quorum import JULY_1, agreed_by_one

SAYS = "1 July 2026 is before max approved it, on 2 July 2026."
FIX = "Give that day, or a later one."


def provoke():
    return agreed_by_one().refused("agree", "mary", JULY_1, received=JULY_1, ends="2026-09-01").reasons
