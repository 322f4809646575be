"""A program that asks for a view it did not open the book with."""

from tests.errors.books import Agenda, a_book

SAYS = "This book was opened without the view agenda."
FIX = "Open it again with that view."


def provoke():
    with a_book() as store:
        store.rows(Agenda())
