"""Rights are given to a role that the server does not know."""

from goldenthread.places import SchemaPlace
from tests import postgres

SAYS = "This PostgreSQL server knows no role 'reports'."
FIX = "Have it made with 'createuser reports', then do the same again."


def provoke():
    place = SchemaPlace(postgres.server(), postgres.schema())
    place.create([]).close()
    place.grant("reports", reader=True)
