"""A book in which the version of the tables was overwritten."""

from adapters.sql import open_sqlite
from tests.errors.books import NAME, a_book

SAYS = (
    "The book does not say which version its tables are of: where a number must stand, there is 'the newest'."
)
FIX = "Copy the book away as it is, and restore the last backup that passes 'goldenthread audit verify'."


def provoke():
    with a_book() as store:
        store.set_meta("schema", "the newest")
        open_sqlite(NAME, [], create=False)
