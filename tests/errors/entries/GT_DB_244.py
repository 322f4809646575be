"""A file is backed up whose book was moved to PostgreSQL."""

from pathlib import Path

from adapters.sql.backup import back_up
from adapters.sql.marks import Departed, depart
from tests.errors.books import NAME, NOW, a_book

PLACE = "postgresql://app@db.example/figures, schema kent"
SAYS = f"This book was moved to {PLACE}: a backup of {NAME} would lack whatever is recorded there."
FIX = "Name its new place with db and book in goldenthread.toml and back it up there; to keep the old file, copy it."


def provoke():
    with a_book() as store:
        book = store._database
        with book.writing as cursor:
            depart(cursor, book.dialect, Departed(to=PLACE, at=NOW, position=1))
        back_up(book, NAME, Path("friday.goldenthread"), [], force=False, watch=lambda *_: None)
