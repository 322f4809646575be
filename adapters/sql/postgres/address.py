"""Where a database is, as its URL says: ``postgresql://user@host:port/database``. Knows no driver."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit, urlunsplit


def trouble_with(url: str) -> str | None:
    """What is wrong with a URL, as a clause; None where it can be tried."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - it is read here to see whether it can be
    except ValueError:
        return "one host, and after a colon a port that is a number, stand between '//' and the name of the database"
    return None if parts.path.strip("/") else "the name of the database is missing at the end"


def plain(url: str) -> str:
    """The URL as the driver takes it."""
    parts = urlsplit(url)
    return urlunsplit(SplitResult("postgresql", parts.netloc, parts.path, parts.query, ""))


def shown(url: str, schema: str) -> str:
    """How a book is named to people: without the password."""
    parts = urlsplit(url)
    user, host = parts.username, parts.hostname or "localhost"
    where = f"{user}@{host}" if user else host
    port = f":{parts.port}" if parts.port else ""
    return f"postgresql://{where}{port}{parts.path}, schema {schema}"
