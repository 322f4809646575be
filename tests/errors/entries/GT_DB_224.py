"""Somebody gave a role of the PostgreSQL server rights on the log that 'db grant' never gives."""

from contextlib import closing

import psycopg

from goldenthread.places import SchemaPlace
from tests import postgres

SAYS = "The role 'figures_clerk' has rights to change what is recorded: UPDATE, DELETE on events."
FIX = (
    "Run 'goldenthread db grant figures_clerk' as the owner of the book, with --reader if it only reads: that takes "
    "every other right from it."
)


def provoke():
    place = SchemaPlace(postgres.server(), postgres.schema())
    place.create([]).close()
    with psycopg.connect(postgres.server(), autocommit=True) as connection:
        connection.execute("CREATE ROLE figures_clerk")
        try:
            connection.execute(f'GRANT UPDATE, DELETE ON "{place.schema}".events TO figures_clerk')
            with closing(place.tables(write=False)) as tables:
                return tables.check().problems
        finally:
            connection.execute("DROP OWNED BY figures_clerk")
            connection.execute("DROP ROLE figures_clerk")
