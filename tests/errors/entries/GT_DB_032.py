"""Upgrading a book in PostgreSQL as a role that may only use its tables."""

from adapters.sql.migrations.ownership import not_owner

SAYS = "The tables of this book belong to the role kent_owner, and kent_app may not change them."
FIX = "Have 'goldenthread db migrate' run by kent_owner."


def provoke():
    raise not_owner("GT-DB-032", owner="kent_owner", user="kent_app")
