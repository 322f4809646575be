"""A program that acts in the name of nobody; the command line finds an unknown name earlier."""

from tests.errors.council import JUNE, a_council

SAYS = "'p9' is not a person of this book."
FIX = "Say who you are with --as and an id or a full name; 'goldenthread person list' shows them."


def provoke():
    a_council().figure("p9", "enter", JUNE, "90")
