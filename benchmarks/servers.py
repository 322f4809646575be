"""The PostgreSQL server that benchmarks use, and the CPU time that its processes have spent."""

from __future__ import annotations

from pathlib import Path

import psycopg

from tests import postgres

_CLIENTS = (
    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


def server() -> str:
    """The URL of a database of this run's own."""
    return postgres.server()


class Backends:
    """The server's processes that serve clients now, on this machine."""

    def __init__(self, url: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            self.ids = [row[0] for row in connection.execute(_CLIENTS)]

    def seconds(self) -> float:
        """CPU seconds they have spent since they began; 0 where the server runs elsewhere."""
        return sum(_nanoseconds(number) for number in self.ids) / 1e9


def _nanoseconds(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0])
    except FileNotFoundError:
        return 0


def new_schema() -> str:
    """A name that needs no quotation marks, and that no other book of this run has."""
    return postgres.schema().replace("-", "_")
