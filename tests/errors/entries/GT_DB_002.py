"""A book that another program is writing."""

import sqlite3
from contextlib import closing

from tests.errors.books import NAME, a_book, a_unit

SAYS = "The book book.goldenthread is held by another program: nothing was written."
FIX = "Wait for it to finish (an import, a backup, another goldenthread) and do the same again."


def provoke():
    with a_book(wait_seconds=0.01) as store, closing(sqlite3.connect(NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        store.commit(a_unit())
