"""Writing in a file whose book was moved."""

from adapters.sql import open_sqlite
from adapters.sql.marks import Departed, depart
from tests.errors.books import NAME, NOW, a_book

PLACE = "postgresql://app@db.example/figures, schema kent"
SAYS = f"This book was moved to {PLACE}: nothing is written here any more."
FIX = "Name its new place with db and book in goldenthread.toml, or with --db and --book. Here it can still be read."


def provoke():
    with a_book() as store:
        with store._database.writing as cursor:
            depart(cursor, store._database.dialect, Departed(to=PLACE, at=NOW, position=1))
        open_sqlite(NAME, [], create=False)
