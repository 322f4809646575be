"""A book whose file this account may not read."""

from adapters.sql.sqlite.failures import unreadable

SAYS = "The book book.goldenthread cannot be read by this account."
FIX = "Give this account the right to read the file."


def provoke():
    raise unreadable("book.goldenthread")
