"""A book that does not exist."""

from adapters.sql import open_sqlite
from tests.errors.books import NAME, a_folder

SAYS = "There is no book at book.goldenthread."
FIX = "Open one with 'goldenthread init', or name the folder with -C, the file with --db."


def provoke():
    with a_folder():
        open_sqlite(NAME, [], create=False)
