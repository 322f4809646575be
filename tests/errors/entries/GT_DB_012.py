"""A book whose pages were overwritten."""

from pathlib import Path

from adapters.sql import open_sqlite
from tests.errors.books import NAME, a_book

SAYS = "The book book.goldenthread is damaged: database disk image is malformed."
FIX = "Copy the file away as it is, and restore the last backup that passes 'goldenthread audit verify'."


def provoke():
    with a_book() as store:
        store.close()
        content = Path(NAME).read_bytes()
        Path(NAME).write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
        open_sqlite(NAME, [], create=False)
