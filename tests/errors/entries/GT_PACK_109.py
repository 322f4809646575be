"""A figure under a pack that came into the book without `pack check` and has no workflow for it."""

from tests.errors.council import ANALYST, JUNE, a_council, changed

SAYS = "Pack example 1 has no workflow 'submission', so no figure can be entered under it."
FIX = "Propose a version that has one; 'goldenthread pack check' finds what a pack lacks."


def provoke():
    a_council(changed(workflows={})).figure(ANALYST, "enter", JUNE, "90")
