"""A PostgreSQL server that does not wait for its disk."""

from engine.testing import InMemoryStore
from engine.views import VIEWS
from tests.errors.council import a_council, findings

SAYS = (
    "The PostgreSQL server runs with fsync off: what was recorded can be lost, and the book damaged, "
    "when its machine stops."
)
FIX = "Let whoever runs the server set 'fsync = on' and reload it."


class OnACarelessServer(InMemoryStore):
    def about(self):
        return {"postgresql": "16.2", "fsync": "off"}


def provoke():
    return findings(a_council(store=OnACarelessServer(VIEWS)))
