"""The role, the database or the server takes no more connections."""

from psycopg import OperationalError

from adapters.sql.postgres.reaching import unreachable

SAYS = 'The PostgreSQL server takes no more connections to postgresql://app@db.example/figures, schema kent: too many connections for role "app".'
FIX = "Wait until others are done, or let an administrator raise the limit (of the role, the database or the server)."


def provoke():
    said = (
        'connection to server at "db.example", port 5432 failed: FATAL:  too many connections for role "app"'
    )
    raise unreachable(OperationalError(said), "postgresql://app@db.example/figures, schema kent")
