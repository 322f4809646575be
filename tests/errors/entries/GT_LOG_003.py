"""A record from which somebody took an event."""

from engine.holes import check_page
from engine.testing import InMemoryStore
from tests.errors.books import a_part, a_unit

SAYS = "Event 1 is missing from the record."
FIX = "Run 'goldenthread audit verify', and restore the last backup that passes it."


def provoke():
    store = InMemoryStore()
    store.commit(a_unit())
    store.commit(a_unit(a_part("C2")))
    check_page(0, store.page(1, 10))
