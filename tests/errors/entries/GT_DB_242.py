"""Rights are to be given to everybody."""

from goldenthread.places import SchemaPlace
from tests import postgres

SAYS = "'public' is no role: to PostgreSQL it means everybody, and a book is not opened to everybody."
FIX = "Name the role that the program uses or, with --reader, that of whoever reads."


def provoke():
    place = SchemaPlace(postgres.server(), postgres.schema())
    place.create([]).close()
    place.grant("public", reader=True)
