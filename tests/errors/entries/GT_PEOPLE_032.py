"""Two who decide together decide differently."""

from tests.unit.workflows.quorum import JULY_2, agreed_by_one

SAYS = "'agree' was approved by max with ends 2026-09-01, not with ends 2026-10-01."
FIX = "Those who decide together decide the same; where you cannot agree, take another step."


def provoke():
    return agreed_by_one().refused("agree", "mary", JULY_2, ends="2026-10-01").reasons
