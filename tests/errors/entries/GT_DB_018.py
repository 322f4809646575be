"""Two programs that make the same book at the same moment."""

from adapters.sql.sqlite.opening import mark
from tests.errors.books import a_book

SAYS = "The book was made by another program at the same time."
FIX = "Open it instead."


def provoke():
    with a_book() as store, store._database.writing as cursor:
        mark(cursor)
