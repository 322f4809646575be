"""The connection breaks off while a book is being moved; this is told besides what went wrong."""

from adapters.sql.moving import unfinished

SAYS = "The move to postgresql://app@db.example/figures, schema kent is not finished; all 1400 events stand where they stood."
FIX = "Run the same command again: it goes on where it was."


def provoke():
    return [unfinished("postgresql://app@db.example/figures, schema kent", 1400)]
