"""A status that the figure has anyway."""

from tests.errors.overriding import override

SAYS = "HW1/highways/2026-06 is red already."
FIX = "'goldenthread explain HW1/highways/2026-06' says why."


def provoke():
    override("red")
