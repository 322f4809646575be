"""A book that an earlier goldenthread has written."""

from adapters.sql import open_sqlite
from tests.errors.books import NAME, a_book

SAYS = "The tables of this book are of version 1, and this program works with version 4."
FIX = "Run 'goldenthread db migrate': it brings the book to this version, or leaves it as it is."


def provoke():
    with a_book() as store:
        store.set_meta("schema", "1")
        open_sqlite(NAME, [], create=False)
