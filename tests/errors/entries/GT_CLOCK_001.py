"""A clock that says it is long before the last fact was recorded."""

from engine.testing import InMemoryStore
from tests.errors.books import a_part, a_unit

SAYS = "The record ends at 2026-04-01 09:00 UTC, but this machine's clock says 2025-04-01 09:00 UTC: nothing was written."
FIX = "Set the machine's clock right; if the record was written under a clock that had run ahead, say so first: goldenthread clock correct --reason WORDS."


def provoke():
    store = InMemoryStore()
    store.commit(a_unit())
    store.commit(a_unit(a_part("C2"), now="2025-04-01T09:00:00.000000Z"))
