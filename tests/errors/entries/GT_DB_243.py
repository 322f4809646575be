"""The server went away while a book was read."""

from psycopg.errors import AdminShutdown

from adapters.sql.postgres.failures import failure

BOOK = "postgresql://app@db.example/figures, schema kent"
SAYS = "The connection to postgresql://app@db.example/figures, schema kent broke off while it was read: nothing was being recorded."
FIX = "Do the same again."


def provoke():
    raise failure(AdminShutdown("terminating connection due to administrator command"), BOOK, only_read=True)
