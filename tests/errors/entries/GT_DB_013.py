"""A book from which somebody dropped a table."""

from tests.errors.books import a_book, a_unit

SAYS = "SQLite refused what was asked of the book book.goldenthread: no such table: commands. Nothing was written."
FIX = "Run 'goldenthread audit verify'; if it finds nothing, report this sentence."


def provoke():
    with a_book() as store:
        store._database.open_connection().execute("DROP TABLE commands")
        store.commit(a_unit())
