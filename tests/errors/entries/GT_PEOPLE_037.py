"""One person takes a step twice that two must take."""

from tests.unit.workflows.quorum import JULY_2, agreed_by_one

SAYS = "'agree' needs 2 people, and max has taken it already."
FIX = "Ask mary."


def provoke():
    return agreed_by_one().refused("agree", "max", JULY_2, ends="2026-09-01").reasons
