"""A disk without room."""

from tests.errors.books import a_book, a_part, a_unit

SAYS = "The disk did not take what was to be written to book.goldenthread (database or disk is full): nothing of it was recorded."
FIX = "Make room on the disk or look to its health, then do the same again."


def provoke():
    with a_book() as store:
        store._database.open_connection().execute("PRAGMA max_page_count=1")
        store.commit(a_unit(a_part(body="x" * 50_000)))
