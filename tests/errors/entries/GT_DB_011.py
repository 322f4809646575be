"""A new book where a file stands."""

from adapters.sql import open_sqlite
from tests.errors.books import NAME, a_book

SAYS = "A file book.goldenthread already stands there."
FIX = "Name another file for the new book."


def provoke():
    with a_book():
        open_sqlite(NAME, [], create=True)
