"""The server has no such database."""

from psycopg import OperationalError

from adapters.sql.postgres.reaching import unreachable

SAYS = 'There is no such database for postgresql://app@db.example/figures, schema kent: database "figures" does not exist.'
FIX = "Have it made with 'createdb', or name another in the URL."


def provoke():
    said = 'connection to server at "db.example", port 5432 failed: FATAL:  database "figures" does not exist'
    raise unreachable(OperationalError(said), "postgresql://app@db.example/figures, schema kent")
