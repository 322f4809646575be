"""PostgreSQL stopped a statement: a deadlock, a cancelled query."""

from psycopg.errors import QueryCanceled

from adapters.sql.postgres.failures import failure

BOOK = "postgresql://app@db.example/figures, schema kent"
SAYS = "PostgreSQL stopped what was asked of postgresql://app@db.example/figures, schema kent (canceling statement due to user request): nothing of it was recorded."
FIX = "Do the same again; if it is a time limit for statements that the server or the role sets, have it lifted for this role."


def provoke():
    raise failure(QueryCanceled("canceling statement due to user request"), BOOK)
