"""A tolerance for an indicator of a pack whose bands never end at one."""

from tests.errors.terms import with_a_term

SAYS = "No band of hampshire-2008 2008.11 ends at a tolerance, so that of CH04 changes no status."
FIX = "Leave it out; or let a band of the pack end at it, for example with 'at_least: -tolerance'."


def provoke():
    return with_a_term("tolerance")
