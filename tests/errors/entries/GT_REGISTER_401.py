"""A floor for an indicator of a pack whose bands never ask for one."""

from tests.errors.terms import with_a_term

SAYS = "No band of hampshire-2008 2008.11 asks for a floor, so that of CH04 changes no status."
FIX = "Leave it out; or let a band of the pack ask for it, with 'floor: met' or 'floor: missed'."


def provoke():
    return with_a_term("floor")
