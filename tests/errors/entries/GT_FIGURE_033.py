"""A status for a period without a figure."""

from tests.errors.overriding import override

SAYS = "HW1/highways/2026-05 has no confirmed figure that was judged, so there is no status to set otherwise."
FIX = "'goldenthread dashboard' shows the figures that are."


def provoke():
    override("amber", period="2026-05")
