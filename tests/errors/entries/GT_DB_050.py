"""The driver of PostgreSQL is not installed."""

import sys

from adapters.sql import open_postgres

SAYS = "A book in PostgreSQL needs the driver psycopg, which is not installed."
FIX = "Install it with the extra: pip install 'goldenthread[postgres]'."


def provoke():
    ours = {
        name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith("adapters.sql.postgres")
    }
    driver, sys.modules["psycopg"] = sys.modules.get("psycopg"), None
    try:
        open_postgres("postgresql://app@db.example/figures", "kent", [], create=False)
    finally:
        sys.modules.update(ours)
        if driver is None:
            del sys.modules["psycopg"]
        else:
            sys.modules["psycopg"] = driver
