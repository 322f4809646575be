"""Two programs that move a book to the same schema at the same time."""

from adapters.sql.moving import busy

SAYS = "Another program is bringing a book to postgresql://app@db.example/figures, schema kent."
FIX = "Wait until it is done."


def provoke():
    raise busy("postgresql://app@db.example/figures, schema kent")
