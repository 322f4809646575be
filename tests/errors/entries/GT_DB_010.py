"""A view with the name of a table of the log."""

from tests.errors.books import Agenda, a_book

SAYS = "A view cannot be called events: the log has a table of that name."
FIX = "Give it another name."


def provoke():
    with a_book(Agenda("events")):
        pass
