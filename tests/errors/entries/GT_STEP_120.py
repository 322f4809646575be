"""A trigger of a pack that came into the book without `pack check`: it starts an intervention and names no body."""

from tests.errors.council import a_council, confirm, findings, with_triggers_that_name_no_body

SAYS = "1 consequence that had to follow could not be taken, for example: HW1/highways/1: 'propose' needs 'refer_to'."
FIX = "Look at them with 'goldenthread task list' and do by hand what should have followed."


def provoke():
    council = a_council(with_triggers_that_name_no_body())
    confirm(council, "2026-04", "96")
    confirm(council, "2026-05", "70")
    return findings(council)
