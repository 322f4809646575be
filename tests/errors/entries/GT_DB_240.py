"""The URL of a database has an option that PostgreSQL does not know, or a value that it does not take."""

from adapters.sql import open_postgres

SAYS = "The URL of postgresql://app@db.example/figures, schema kent has an option that PostgreSQL does not know: 'sslmod'. Did you mean 'sslmode'?"
FIX = "Correct the option or leave it out: after the '?' of the URL, or in the environment (PGSSLMODE and others)."


def provoke():
    open_postgres("postgresql://app@db.example/figures?sslmod=require", "kent", [], create=False)
