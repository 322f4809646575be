"""A book on a disk in memory."""

from engine.testing import InMemoryStore
from engine.views import VIEWS
from tests.errors.council import a_council, findings

SAYS = "The book stands in the machine's memory (tmpfs): it is gone when the machine stops."
FIX = "Move it to a disk of this machine."


class Elsewhere(InMemoryStore):
    def about(self):
        return {"file_system": "tmpfs"}


def provoke():
    return findings(a_council(store=Elsewhere(VIEWS)))
