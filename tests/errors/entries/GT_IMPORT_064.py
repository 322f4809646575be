"""A historic load under a pack that came into the book without `pack check` and has no workflow for figures."""

from tests.errors.council import a_council, changed
from tests.errors.history import SECOND, approved, load

SAYS = "HW1/highways/2026-02: The pack example has no workflow for figures, so none can be loaded."
FIX = "Propose a version that has one; 'goldenthread pack check' finds what a pack lacks."


def provoke():
    council = a_council(changed(workflows={}))
    approved(council)
    load(council, SECOND)
