"""Where a database is, as its URL says: ``postgresql://user@host:port/database``. Knows no driver.

What stands behind the question mark outweighs what stands before it, as for every program of PostgreSQL. Source:
PostgreSQL, "Connection URIs" and "Environment Variables".
"""

from __future__ import annotations

import os
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit, urlunsplit


def trouble_with(url: str) -> str | None:
    """What is wrong with a URL, as a clause; None where it can be tried."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - it is read here to see whether it can be
    except ValueError:
        return "one host, and after a colon a port that is a number, stand between '//' and the name of the database"
    if parts.netloc.count("@") > 1:
        return "an '@' within the name of the user or the password is written %40"
    named = parts.path.strip("/") or dict(parse_qsl(parts.query)).get("dbname")
    return None if named else "the name of the database is missing at the end"


def plain(url: str) -> str:
    """The URL as the driver takes it."""
    parts = urlsplit(url)
    return urlunsplit(SplitResult("postgresql", parts.netloc, parts.path, parts.query, ""))


def shown(url: str, schema: str) -> str:
    """How a book is named to people: the server that is asked, wherever it is said, and no password."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    user = asked.get("user") or parts.username
    host = asked.get("host") or asked.get("hostaddr") or unquote(parts.hostname or "")
    host = host or os.environ.get("PGHOST") or "localhost"
    port = asked.get("port") or parts.port or os.environ.get("PGPORT")
    path = f"/{asked['dbname']}" if asked.get("dbname") else parts.path
    at = f"{user}@" if user else ""
    if host.startswith("/"):  # the folder of a socket, which stands nowhere else in a URL
        folder = f"?host={host}" + (f"&port={port}" if port else "")
        return f"postgresql://{at}{path}{folder}, schema {schema}"
    return f"postgresql://{at}{host}{f':{port}' if port else ''}{path}, schema {schema}"
