"""The role of the program lacks a right."""

from psycopg.errors import InsufficientPrivilege

from adapters.sql.postgres.failures import failure

BOOK = "postgresql://app@db.example/figures, schema kent"
SAYS = "The role that was used for postgresql://app@db.example/figures, schema kent may not do this: permission denied for table events."
FIX = "Let the owner of the schema do it, or give the role its rights with 'goldenthread db grant'."


def provoke():
    raise failure(InsufficientPrivilege("permission denied for table events"), BOOK)
