"""Nobody answers at the server's address."""

from adapters.sql import open_postgres

SAYS = "The PostgreSQL server of postgresql://app@127.0.0.1:1/figures, schema kent does not answer: Connection refused."
FIX = "See that it runs and that the host and port in the URL are right, then do the same again."


def provoke():
    open_postgres("postgresql://app@127.0.0.1:1/figures", "kent", [], create=False)
