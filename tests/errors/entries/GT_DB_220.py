"""A book is opened by a role that may make no schema in the database."""

from adapters.sql.postgres.failures import may_not_make

BOOK = "postgresql://app@db.example/figures, schema kent"
SAYS = f"The role that was used may not make the schema of the new book {BOOK}."
FIX = (
    'Let an administrator of the database make it for that role (CREATE SCHEMA "kent" AUTHORIZATION, and the role), '
    "then do the same again: a schema that is empty is taken."
)


def provoke():
    raise may_not_make("kent", BOOK)
