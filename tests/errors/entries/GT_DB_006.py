"""A book that does not exist."""

from adapters.sql import open_sqlite
from tests.errors.books import NAME, a_folder

SAYS = "There is no book at book.goldenthread."
FIX = "Name another, or open a new one with 'init'."


def provoke():
    with a_folder():
        open_sqlite(NAME, [], create=False)
