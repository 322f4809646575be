"""A program that goes on after closing the book."""

from tests.errors.books import a_book

SAYS = "The book book.goldenthread was already closed."
FIX = "Open it again."


def provoke():
    with a_book() as store:
        store.close()
        store.head()
