"""Moving a book to a schema that another book is on its way to."""

from adapters.sql.moving import other_book

SAYS = "Another book is on its way to postgresql://app@db.example/figures, schema kent, from surrey.goldenthread."
FIX = "Finish that one first, or name another schema with --schema."


def provoke():
    raise other_book("postgresql://app@db.example/figures, schema kent", "surrey.goldenthread")
