"""Somebody records a fact while a backup is being prepared to take the place of the book."""

from adapters.sql.restoring import Standing, check_unchanged

SAYS = "Facts were recorded at book.goldenthread while the backup was being prepared: nothing was restored."
FIX = "Stop whatever records there, and do the same again."


def provoke():
    check_unchanged("book.goldenthread", Standing(taken=True, head=25), 26)
