"""A row was changed in the new place while the book was being moved there."""

from contextlib import closing

from adapters.sql import open_sqlite
from adapters.sql.arrival import Arrival, Source
from adapters.sql.carrying import anew
from tests.contract.custody import quiet
from tests.errors.books import a_book, a_unit

PLACE = "postgresql://app@db.example/figures, schema kent"
SAYS = f"What arrived at {PLACE} is not what was sent: in the table commands, the row C1 is missing."
FIX = "Bring the book to another, empty place; nothing was changed where it comes from."


def provoke():
    with a_book() as store:
        store.commit(a_unit())
        with closing(open_sqlite("other", [], create=True)) as other:
            other.commit(a_unit())
            with other._database.writing as cursor:
                cursor.execute("DROP TRIGGER commands_no_delete")
                cursor.execute("DELETE FROM commands")
            there = Source(store._database, anew(store._database))
            Arrival(other._database, PLACE, (), quiet).compare(there)
