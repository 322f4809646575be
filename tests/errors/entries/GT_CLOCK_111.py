"""A book on a network drive."""

from engine.testing import InMemoryStore
from engine.views import VIEWS
from tests.errors.council import a_council, findings

SAYS = "The book stands on a network file system (nfs4), where SQLite cannot keep two writers apart."
FIX = "Move it to a disk of this machine, or into PostgreSQL."


class Elsewhere(InMemoryStore):
    def about(self):
        return {"file_system": "nfs4"}


def provoke():
    return findings(a_council(store=Elsewhere(VIEWS)))
