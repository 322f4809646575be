"""A machine with an old SQLite library."""

from engine.testing import InMemoryStore
from engine.views import VIEWS
from tests.errors.council import a_council, findings

SAYS = "The SQLite library is 3.46.1; before 3.51.3 two writers at once could damage a book."
FIX = "Writers take turns on a lock file, so the book is safe; a newer library makes that needless."


class OnAnOldMachine(InMemoryStore):
    def about(self):
        return {"sqlite": "3.46.1"}


def provoke():
    return findings(a_council(store=OnAnOldMachine(VIEWS)))
