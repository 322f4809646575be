"""A chunk of a historic load that names a service which does not return the indicator."""

from tests.errors.council import a_council
from tests.errors.history import SECOND, approved, load

SAYS = "HW1/parks/2026-02: The register has no HW1/parks/2026-02 to load."
FIX = "Put the file forward again."


def provoke():
    council = a_council()
    approved(council)
    load(council, SECOND, service="parks")
