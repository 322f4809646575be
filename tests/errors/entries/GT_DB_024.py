"""The server does not know the account, or not the password."""

from psycopg import OperationalError

from adapters.sql.postgres.reaching import unreachable

SAYS = 'PostgreSQL does not let this account in to postgresql://stranger@db.example/figures, schema kent: role "stranger" does not exist.'
FIX = "Give the right user and password: in the URL, in PGPASSWORD or in the file ~/.pgpass."


def provoke():
    said = 'connection to server at "db.example", port 5432 failed: FATAL:  role "stranger" does not exist'
    raise unreachable(OperationalError(said), "postgresql://stranger@db.example/figures, schema kent")
