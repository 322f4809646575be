"""A new book is to stand in a schema that is used for something else."""

import psycopg

from adapters.sql import open_postgres
from tests import postgres

SAYS = "The schema kent already holds something else, for example the table payroll."
FIX = "Name another with --book, or in 'goldenthread db to-postgres' with --schema: a book needs a schema of its own."


def provoke():
    with psycopg.connect(postgres.server(), autocommit=True) as connection:
        connection.execute("CREATE SCHEMA kent CREATE TABLE payroll (x int)")
        try:
            open_postgres(postgres.server(), "kent", [], create=True)
        finally:
            connection.execute("DROP SCHEMA kent CASCADE")
