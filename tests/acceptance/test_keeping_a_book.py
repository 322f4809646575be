"""Moving, backing up and restoring a book, as commands that people type."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from adapters.sql.postgres.connection import lock_key
from tests import postgres

from .conftest import ROOT, Council, hears_interruptions

of_a_file = pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")
"""Only a book in a file can be moved to PostgreSQL."""


@pytest.fixture
def url() -> str:
    return postgres.server().replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture
def schema() -> str:
    return postgres.schema()


def settings(told: str) -> str:
    """The lines that the move says should be written."""
    return "".join(f"{line}\n" for line in told.splitlines() if line.startswith(("db = ", "book = ")))


# moving --------------------------------------------------------------------------------------------------------


@of_a_file
def test_a_council_moves_to_postgresql_and_goes_on_there(concerned: Council, url: str, schema: str) -> None:
    events = concerned.events()
    before = concerned.run("log", "show", str(events), "--json").json
    done = concerned.run("db", "to-postgres", url, "--schema", schema)
    assert done.code == 0, done.err
    assert f"Moved {events} events, " in done.out
    assert "byte for byte" in done.out
    assert concerned.run("person", "add", "Late Comer", "--as", "p1").code == 5, "the file is closed"
    assert concerned.run("log", "show", str(events), "--json").json == before, "it can be read"

    Path(concerned.folder, "goldenthread.toml").write_text(settings(done.err))
    assert concerned.run("log", "show", str(events), "--json").json == before
    verified = concerned.run("audit", "verify")
    assert f"Whole: {events} events" in verified.out
    added = concerned.run("person", "add", "Gail New", "--as", "Ann Parker")
    assert f"Event {events + 1}." in added.out, added.err


@of_a_file
def test_a_move_is_told_as_json_and_tried_without_moving(concerned: Council, url: str, schema: str) -> None:
    tried = concerned.run("db", "to-postgres", url, "--schema", schema, "--dry-run", "--json")
    assert (tried.json["kind"], tried.json["dry_run"], tried.json["fingerprint"]) == ("moved", True, "")
    assert concerned.run("db", "check", "--db", url, "--book", schema).code == 4, "nothing is there"
    done = concerned.run("db", "to-postgres", url, "--schema", schema, "--json").json
    assert (done["events"], done["already"]) == (tried.json["events"], False)
    assert concerned.run("db", "to-postgres", url, "--schema", schema, "--json").json["already"]


@of_a_file
def test_a_password_in_the_address_is_shown_nowhere(concerned: Council, url: str, schema: str) -> None:
    secret = url.replace("postgres:@", "postgres:s3cret@")
    assert secret != url
    done = concerned.run("db", "to-postgres", secret, "--schema", schema)
    assert done.code == 0, done.err
    assert "s3cret" not in done.out + done.err
    assert b"s3cret" not in Path(concerned.folder, "book.goldenthread").read_bytes()


@of_a_file
@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("sqlite:///other.goldenthread", 2, "GT-DB-051"),
        ("mysql://localhost/figures", 2, "GT-USE-013"),
        ("postgresql+psycopg://someone@127.0.0.1:1/figures", 5, "does not answer"),
    ],
)
def test_an_address_that_will_not_do_is_said_and_nothing_happens(
    concerned: Council, address: str, code: int, said: str
) -> None:
    done = concerned.run("db", "to-postgres", address)
    assert (done.code, said in done.err) == (code, True), done
    concerned.does("person", "add", "Gail New", "--as", "p1")


@contextmanager
def held_up(council: Council, url: str, schema: str) -> Iterator[tuple[subprocess.Popen[str], Any]]:
    """A process that moves the book, made to wait half-way, and a connection that can see it."""
    program = [sys.executable, "-m", "goldenthread", "-C", str(council.folder), "--clock", council.at]
    with closing(psycopg.connect(postgres.server(), autocommit=True)) as watcher:
        watcher.execute("SELECT pg_advisory_lock(%s)", (lock_key(schema, "append"),))
        with subprocess.Popen(
            [*program, "db", "to-postgres", url, "--schema", schema],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=hears_interruptions,
        ) as process:
            until = time.monotonic() + 60
            waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            while watcher.execute(waits).fetchone() == (0,) and time.monotonic() < until:
                time.sleep(0.02)
            yield process, watcher


@of_a_file
def test_interrupted_by_hand_it_says_what_to_do(concerned: Council, url: str, schema: str) -> None:
    with held_up(concerned, url, schema) as (process, _):
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Run the same command again" in err
    assert "Traceback" not in err
    assert concerned.run("db", "to-postgres", url, "--schema", schema).code == 0


@of_a_file
def test_a_connection_that_breaks_is_said_with_the_way_out(concerned: Council, url: str, schema: str) -> None:
    with held_up(concerned, url, schema) as (process, watcher):
        watcher.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        )
        _, err = process.communicate(timeout=60)
    assert process.returncode not in (0, 1), err
    assert "broke off" in err
    assert "Traceback" not in err
    assert concerned.run("db", "to-postgres", url, "--schema", schema).code == 0


# backing up and restoring --------------------------------------------------------------------------------------


def test_a_backup_is_written_told_and_verified(concerned: Council, tmp_path: Path) -> None:
    file = tmp_path / "monday.goldenthread"
    done = concerned.run("db", "backup", str(file))
    assert done.code == 0, done.err
    assert f"It holds {concerned.events()} events" in done.out
    assert hashlib.sha256(file.read_bytes()).hexdigest() in done.out
    told = concerned.run("audit", "verify", "--db", f"sqlite:///{file}")
    assert told.out.startswith(f"Whole: {concerned.events()} events"), told
    again = concerned.run("db", "backup", str(file))
    assert (again.code, "--force" in again.err) == (5, True)
    assert concerned.run("db", "backup", str(file), "--force", "--json").json["events"] == concerned.events()


def test_a_backup_comes_back_and_what_it_lacks_is_named(concerned: Council, tmp_path: Path) -> None:
    file = str(tmp_path / "monday.goldenthread")
    events = concerned.events()
    concerned.does("db", "backup", file)
    concerned.does("person", "add", "Gail New", "--as", "p1")
    refused = concerned.run("db", "restore", file)
    assert (refused.code, f"event {events + 1}" in refused.err, "--replace" in refused.err) == (5, True, True)
    tried = concerned.run("db", "restore", file, "--replace", "--dry-run", "--json").json
    assert (tried["lost"], concerned.events()) == (1, events + 1)
    done = concerned.run("db", "restore", file, "--replace")
    assert done.code == 0, done.err
    assert concerned.events() == events
    aside = ("--book", "book.aside-1") if concerned.db else ("--db", "sqlite:///book.goldenthread.aside-1")
    assert aside[1].removeprefix("sqlite:///") in done.out
    assert "Gail New" in concerned.run("person", "list", *aside).out
    concerned.does("person", "add", "Gail New", "--as", "p1")
    assert concerned.events() == events + 1


@of_a_file
def test_from_postgresql_into_a_file_and_back(
    concerned: Council, url: str, schema: str, tmp_path: Path
) -> None:
    events = concerned.events()
    concerned.does("db", "to-postgres", url, "--schema", schema)
    there = ("--db", url, "--book", schema)
    backup = str(tmp_path / "b.goldenthread")
    assert concerned.run("db", "backup", backup, *there).code == 0
    back = concerned.run("db", "restore", backup, "--db", f"sqlite:///{tmp_path}/new.goldenthread")
    assert back.code == 0, back.err
    concerned.does("person", "add", "Gail New", "--as", "p1", *there)
    assert concerned.run("db", "restore", backup, *there).code == 5
    done = concerned.run("db", "restore", backup, "--replace", *there)
    assert f"schema {schema}.aside-1" in done.out, done
    assert f"Whole: {events} events" in concerned.run("audit", "verify", *there).out
    aside = ("--db", url, "--book", f"{schema}.aside-1")
    assert f"Whole: {events + 1} events" in concerned.run("audit", "verify", *aside).out
