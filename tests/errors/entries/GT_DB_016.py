"""A new book in a folder that does not exist."""

from adapters.sql import open_sqlite
from tests.errors.books import NAME, a_folder

SAYS = "There is no folder council for the book book.goldenthread."
FIX = "Make the folder first, or name another."


def provoke():
    with a_folder():
        open_sqlite(f"council/{NAME}", [], create=True)
