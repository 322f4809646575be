"""Writing to a book that was opened for reading alone."""

from adapters.sql import open_sqlite
from tests.errors.books import NAME, a_book, a_unit

SAYS = "The book book.goldenthread cannot be written: the file or its folder is read-only for this account."
FIX = "Give this account the right to write both, or only read."


def provoke():
    with a_book():
        reader = open_sqlite(NAME, [], create=False, read_only=True)
        try:
            reader.commit(a_unit())
        finally:
            reader.close()
