"""A stream from which somebody took a fact."""

from engine.holes import check_stream
from engine.testing import InMemoryStore
from tests.errors.books import a_part, a_unit

SAYS = "Fact 1 of meetings is missing from the record."
FIX = "Run 'goldenthread audit verify', and restore the last backup that passes it."


def provoke():
    store = InMemoryStore()
    store.commit(a_unit())
    store.commit(a_unit(a_part("C2")))
    check_stream("meetings", 0, store.page(1, 10))
