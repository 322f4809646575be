"""Opening a book while it is being brought to its place, or after that was interrupted."""

from contextlib import closing
from pathlib import Path

from adapters.sql import open_sqlite
from adapters.sql.arrival import Arrival
from adapters.sql.marks import Arriving
from adapters.sql.sqlite.opening import connect, mark
from tests.contract.custody import quiet
from tests.errors.books import NAME, a_folder

SAYS = "The book is not whole yet: it is being brought here from kent.goldenthread."
FIX = "Wait until that is done; if it was interrupted, run the same 'goldenthread db to-postgres' again."


def provoke():
    with a_folder():
        with closing(connect(Path(NAME), create=True, read_only=False, wait_seconds=1)) as database:
            book = Arriving(by="to-postgres", source="kent.goldenthread", first="")
            Arrival(database, NAME, (), quiet).begin(book, mark)
        open_sqlite(NAME, [], create=False)
