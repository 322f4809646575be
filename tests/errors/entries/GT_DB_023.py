"""Nobody answers at the server's address."""

from adapters.sql import open_postgres

SAYS = 'The PostgreSQL server of postgresql://app@127.0.0.1:1/figures, schema kent does not answer at "127.0.0.1", port 1: Connection refused.'
FIX = "See that it runs and that its host and port are right, then do the same again."


def provoke():
    open_postgres("postgresql://app@127.0.0.1:1/figures", "kent", [], create=False)
