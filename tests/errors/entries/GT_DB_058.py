"""Moving a book that has a fault."""

from adapters.sql.moving import faulty

SAYS = "The book kent.goldenthread has a fault, so it was not moved: Event 7 is missing."
FIX = "See all of them with 'goldenthread audit verify'."


def provoke():
    raise faulty("kent.goldenthread", 1, "Event 7 is missing.")
