"""Rights are given, and no role is named."""

from goldenthread.places import SchemaPlace
from tests import postgres

SAYS = "The name of the role is missing."
FIX = "Name a role of the PostgreSQL server: goldenthread db grant ROLE."


def provoke():
    place = SchemaPlace(postgres.server(), postgres.schema())
    place.create([]).close()
    place.grant("", reader=True)
