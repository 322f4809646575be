"""Asking a view without history about an earlier day."""

from engine.testing import InMemoryStore
from tests.errors.books import Agenda

SAYS = "The view agenda keeps only what stands now."
FIX = "Ask it without a date."


def provoke():
    view = Agenda(ranged=False)
    InMemoryStore([view]).rows(view, at=7)
