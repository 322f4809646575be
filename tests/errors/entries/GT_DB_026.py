"""The server went away while something was under way."""

from psycopg.errors import AdminShutdown

from adapters.sql.postgres.failures import failure

BOOK = "postgresql://app@db.example/figures, schema kent"
SAYS = "The connection to postgresql://app@db.example/figures, schema kent broke off: whether the last thing was recorded is not known."
FIX = "Do the same again, with the same --command-id if you gave one; what is recorded already is not done twice."


def provoke():
    raise failure(AdminShutdown("terminating connection due to administrator command"), BOOK)
