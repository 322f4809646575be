"""Where a database is, as its URL says: ``postgresql://user@host:port/database``. Knows no driver.

What stands behind the question mark outweighs what stands before it, as for every program of PostgreSQL. Source:
PostgreSQL, "Connection URIs" and "Environment Variables".
"""

from __future__ import annotations

import os
import re
from urllib.parse import parse_qsl, unquote, urlsplit

_NO_SIGN = re.compile(r"%(?![0-9A-Fa-f]{2})|%00")
"""A percent sign that writes no sign."""


def trouble_with(url: str) -> str | None:
    """What is wrong with a URL, as a clause; None where it can be tried."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - it is read here to see whether it can be
    except ValueError:
        return "one host, and after a colon a port that is a number, stand between '//' and the name of the database"
    if _NO_SIGN.search(url):
        return "a percent sign stands in it that writes no other sign"
    if parts.netloc.count("@") > 1:
        return "an '@' stands within the name of the user or the password"
    named = parts.path.strip("/") or dict(parse_qsl(parts.query)).get("dbname")
    return None if named else "the name of the database is missing at the end"


def plain(url: str) -> str:
    """The URL as the driver takes it."""
    _, _, rest = url.partition("://")  # `urlunsplit` leaves '//' out where no host follows
    return f"postgresql://{rest.partition('#')[0]}"


def shown(url: str, schema: str) -> str:
    """How a book is named to people: the server that is asked, wherever it is said, and no password."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    user = asked.get("user") or parts.username
    host = asked.get("host") or asked.get("hostaddr") or unquote(parts.hostname or "")
    host = host or os.environ.get("PGHOST") or ""  # without one the driver tries the socket of this machine
    port = asked.get("port") or parts.port or os.environ.get("PGPORT")
    path = f"/{asked['dbname']}" if asked.get("dbname") else parts.path
    at = f"{user}@" if user else ""
    if host.startswith("/"):  # the folder of a socket, which stands nowhere else in a URL
        folder = f"?host={host}" + (f"&port={port}" if port else "")
        return f"postgresql://{at}{path}{folder}, schema {schema}"
    return f"postgresql://{at}{host}{f':{port}' if port else ''}{path}, schema {schema}"
