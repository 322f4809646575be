"""A place where SQLite cannot keep its promises, such as memory or some network drives."""

import sqlite3
from contextlib import closing
from pathlib import Path

from adapters.sql.sqlite.opening import check_settings
from tests.errors.books import NAME

SAYS = "SQLite keeps journal_mode=memory for book.goldenthread, and the record needs journal_mode=wal."
FIX = "Put the book on a disk of this machine, not on a network drive or in memory."


def provoke():
    with closing(sqlite3.connect(":memory:")) as connection:
        check_settings(Path(NAME), connection)
