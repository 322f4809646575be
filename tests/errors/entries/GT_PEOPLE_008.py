"""A program that gives a role to nobody; the command line finds an unknown name earlier."""

from datetime import date

from engine.commands import AssignRole
from tests.errors.council import LEAD, a_council

SAYS = "'p9' is not a person of this book."
FIX = "Add them first: goldenthread person add NAME."


def provoke():
    a_council().ask(AssignRole(person="p9", role="clerk", start=date(2026, 7, 6)), LEAD)
