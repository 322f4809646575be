"""Rights are to be given to a role that acts for the owner of the book."""

import psycopg

from goldenthread.places import SchemaPlace
from tests import postgres

SAYS = "The role 'figures_owner' owns the book, or acts for its owner: it may do everything already."
FIX = "Give rights to another role, made for the program or for whoever reads."


def provoke():
    place = SchemaPlace(postgres.server(), postgres.schema())
    place.create([]).close()
    with psycopg.connect(postgres.server(), autocommit=True) as connection:
        connection.execute("CREATE ROLE figures_owner")
        try:
            connection.execute(f'GRANT "{connection.info.user}" TO figures_owner')
            place.grant("figures_owner", reader=True)
        finally:
            connection.execute("DROP ROLE figures_owner")
