"""A mistake in the program itself, here in whatever finds the packs."""

from goldenthread.__main__ import Program
from tests.errors.console import goldenthread

SAYS = "Something went wrong inside goldenthread (KeyError); this is a mistake in the program."
FIX = "Please report it with the lines above."


class Mistaken(Program):
    def packs(self):
        return {}["packs"]


def provoke():
    return goldenthread(["pack", "list", "--debug"], Mistaken())[1]
