"""A book left by a crash, copied to a medium that cannot be written."""

from adapters.sql.sqlite.failures import waiting

SAYS = "The book book.goldenthread was not closed properly: its last facts wait in book.goldenthread-wal, in a folder that is read-only for this account."
FIX = "Copy both files together into a folder that can be written, and read the book there."


def provoke():
    raise waiting("book.goldenthread")
