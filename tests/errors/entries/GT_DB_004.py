"""A letter instead of a book."""

from pathlib import Path

from adapters.sql import open_sqlite
from tests.errors.books import NAME, a_folder

SAYS = "The file book.goldenthread is not a goldenthread book."
FIX = "Name the file that 'goldenthread init' made."


def provoke():
    with a_folder():
        Path(NAME).write_text("Dear Sir or Madam, " * 100)
        open_sqlite(NAME, [], create=False)
