"""A book that a later goldenthread has written."""

from adapters.sql import open_sqlite
from tests.errors.books import NAME, a_book

SAYS = "This book was written by a newer goldenthread: its tables are of version 999, and this program knows version 4."
FIX = "Install the goldenthread that wrote it, or a later one, and open it with that."


def provoke():
    with a_book() as store:
        store.set_meta("schema", "999")
        open_sqlite(NAME, [], create=False)
