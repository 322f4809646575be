"""Reading a book that another version of goldenthread wrote last."""

from adapters.sql import open_sqlite
from tests.errors.books import NAME, Agenda, a_book

SAYS = "The views of this book were made by another version of goldenthread."
FIX = "Run 'goldenthread db migrate' once with this version: it fills them again from the log."


def provoke():
    with a_book():
        open_sqlite(NAME, [Agenda()], create=False, read_only=True)
