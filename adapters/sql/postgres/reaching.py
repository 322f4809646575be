"""Why no connection came about, in a reader's words and with a way out."""

from __future__ import annotations

import re

import psycopg
from psycopg import pq

from events.errors import Broken, GoldenthreadError, Invalid, NotFound, Unavailable
from events.nearest import did_you_mean

_NO_ROOM = ("too many connections", "too many clients", "connection slots")
_NOT_LET_IN = ("password", "authentication", "pg_hba", "role ")
_WRONG_OPTION = re.compile(
    r"invalid (\w+ value|integer value|option|connection option)\b|could not match \d+|"
    r"unrecognized configuration parameter|invalid value for parameter|definition of service"
)
_UNKNOWN = re.compile(r'invalid (?:URI query parameter|connection option):? "(?P<option>[^"]*)"')
_TRIED = re.compile(r"connection to server (?P<where>(?:at|on) .+?) failed: *(?P<why>.*)")
_WHOLE_URL = re.compile(r': "[^"]*://.*')
"""It may hold a password."""


def unreachable(error: psycopg.Error, book: str) -> GoldenthreadError:
    """No connection came about: nobody answers, the answer is no, or nobody could be asked."""
    reason, where = _reason(error)
    if isinstance(error, psycopg.ProgrammingError) or _WRONG_OPTION.match(reason):
        return _wrong_option(reason, book)
    if any(word in reason for word in _NO_ROOM):
        return Unavailable.of(
            "GT-DB-221",
            f"The PostgreSQL server takes no more connections to {book}: {reason}.",
            "Wait until others are done, or let an administrator raise the limit (of the role, the database or the server).",
        )
    if any(word in reason for word in _NOT_LET_IN):
        return Broken.of(
            "GT-DB-024",
            f"PostgreSQL does not let this account in to {book}: {reason}.",
            "Give the right user and password: in the URL, in PGPASSWORD or in the file ~/.pgpass.",
        )
    if "does not exist" in reason and "database" in reason:
        return NotFound.of(
            "GT-DB-025",
            f"There is no such database for {book}: {reason}.",
            "Have it made with 'createdb', or name another in the URL.",
        )
    return Unavailable.of(
        "GT-DB-023",
        f"The PostgreSQL server of {book} does not answer{where}: {reason}.",
        "See that it runs and that its host and port are right, then do the same again."
        if not where.startswith(" on ")
        else "See that it runs, or name its host in the URL, then do the same again.",
    )


def _reason(error: psycopg.Error) -> tuple[str, str]:
    """What was said, and with a space before it where it was tried."""
    first = str(error).strip().partition("\n")[0]
    if tried := _TRIED.search(first):
        return _plain(tried["why"]), f" {tried['where']}"
    return _plain(first.removeprefix("connection is bad: ").removeprefix("connection failed: ")), ""


def _plain(said: str) -> str:
    return said.removeprefix("FATAL:").strip().rstrip(".") or "no answer"


def _wrong_option(reason: str, book: str) -> GoldenthreadError:
    known = [default.keyword.decode() for default in pq.Conninfo.get_defaults()]
    if unknown := _UNKNOWN.match(reason):
        option = unknown["option"]
        said = f"has an option that PostgreSQL does not know: '{option}'.{did_you_mean(option, known)}"
    else:
        quoted = _WHOLE_URL.sub("", reason)
        said = f"is not as PostgreSQL takes it: {quoted}."
    return Invalid.of(
        "GT-DB-240",
        f"The URL of {book} {said}",
        "Correct the option or leave it out: after the '?' of the URL, or in the environment (PGSSLMODE and others).",
    )
