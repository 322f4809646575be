"""Opening a book in PostgreSQL with views of another shape, as a role that may only use its tables."""

from adapters.sql.migrations.ownership import not_owner

SAYS = (
    "The views of this book were made by another version of goldenthread, and only the role kent_owner, "
    "whose tables they are, may make them anew; kent_app may not."
)
FIX = "Have 'goldenthread db migrate' run by kent_owner."


def provoke():
    raise not_owner("GT-DB-033", owner="kent_owner", user="kent_app")
