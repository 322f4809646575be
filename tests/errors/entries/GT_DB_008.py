"""Two versions of goldenthread writing to one book at once."""

from adapters.sql import open_sqlite
from tests.errors.books import NAME, Agenda, a_book, a_unit

SAYS = "Another goldenthread has changed the tables or views of this book since it was opened: nothing was written."
FIX = "Start this one again, in the same version as the other."


def provoke():
    with a_book() as store:
        open_sqlite(NAME, [Agenda()], create=False).close()
        store.commit(a_unit())
