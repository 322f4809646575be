"""A book is called what PostgreSQL keeps for itself."""

from adapters.sql import open_postgres

SAYS = "'public' cannot be the name of a book in PostgreSQL: the server keeps it for itself."
FIX = "Name another with --book, or in 'goldenthread db to-postgres' with --schema."


def provoke():
    open_postgres("postgresql://app@db.example/figures", "public", [], create=True)
