"""A book in which somebody gave a column another name."""

from tests.errors.books import a_book, a_unit

SAYS = "SQLite refused what was asked of the book book.goldenthread: table commands has no column named last_position. Nothing was written."
FIX = "Run 'goldenthread audit verify'; if it finds nothing, report this sentence."


def provoke():
    with a_book() as store:
        store._database.open_connection().execute("ALTER TABLE commands RENAME last_position TO last")
        store.commit(a_unit())
