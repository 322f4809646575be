"""A book in which somebody has dropped or renamed tables."""

from adapters.sql import open_sqlite
from tests.errors.books import NAME, a_book

SAYS = "The book book.goldenthread is damaged: the tables commands and texts of it are missing."
FIX = "Give them back their names if somebody renamed them; else restore the last backup with 'goldenthread db restore'."


def provoke():
    with a_book() as store:
        with store._database.writing as cursor:
            cursor.execute("DROP TABLE texts")
            cursor.execute("ALTER TABLE commands RENAME TO commands_of_2025")
        open_sqlite(NAME, [], create=False)
