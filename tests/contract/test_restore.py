"""A backup is put in place whole or not at all, after it was verified, and never over facts that it lacks."""

from __future__ import annotations

import hashlib
import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from adapters.sql import SqlStore, open_postgres, open_sqlite
from adapters.sql.backup import back_up
from adapters.sql.restore_file import restore_file
from adapters.sql.restore_schema import restore_schema
from engine.audit.verify import verify
from engine.custody import Restored, Watch
from tests import postgres
from tests.campaigns.homes import HOMES, Home, PostgresHome, SqliteHome

from .conftest import VIEWS
from .custody import NOW, a_file, at, fill, killed_at, killed_when, quiet, refused, rows, views_of
from .test_sqlite_trouble import in_a_child


@dataclass
class Restoring:
    """A home, and a backup that is to be put there."""

    home: Home
    backup: Path

    def __call__(self, watch: Watch = quiet, **asked: Any) -> Restored:
        how = {"check": True, "replace": False, "dry_run": False, "wait_seconds": 0.3} | asked
        if isinstance(self.home, SqliteHome):
            return restore_file(self.backup, self.home.path, VIEWS, now=NOW, watch=watch, **how)
        assert isinstance(self.home, PostgresHome)
        return restore_schema(
            self.backup, self.home.url, self.home.schema, VIEWS, now=NOW, watch=watch, **how
        )

    def aside(self, done: Restored) -> SqlStore:
        """What stood there before, open."""
        if isinstance(self.home, SqliteHome):
            return open_sqlite(done.aside, VIEWS, create=False)
        assert isinstance(self.home, PostgresHome)
        return open_postgres(self.home.url, done.aside.removeprefix("schema "), VIEWS, create=False)

    def places(self) -> set[str]:
        """Everything that stands near the home."""
        if isinstance(self.home, SqliteHome):
            names = {path.name for path in self.home.path.parent.iterdir()}
            return {name for name in names if not name.endswith((".lock", "-shm", "-wal"))}
        assert isinstance(self.home, PostgresHome)
        with psycopg.connect(self.home.url) as connection:
            found = connection.execute(
                "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", (self.home.schema,)
            )
            return {row[0] for row in found.fetchall()}


@pytest.fixture(params=HOMES)
def restore(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Restoring]:
    (tmp_path / "home").mkdir()
    home = HOMES[request.param](tmp_path / "home")
    yield Restoring(home, tmp_path / "backup.goldenthread")
    home.cleanup()


@pytest.fixture
def expected(restore: Restoring, desk: Any) -> dict[str, list[Any]]:
    """A book, its backup, and what both hold."""
    with closing(restore.home.make(VIEWS)) as store:
        fill(store, desk)
        back_up(store._database, "", restore.backup, VIEWS, force=False, watch=quiet)
        return rows(store) | views_of(store, VIEWS)


def whole(store: SqlStore) -> dict[str, list[Any]]:
    return rows(store) | views_of(store, VIEWS)


def now_holds(restore: Restoring) -> dict[str, list[Any]]:
    with closing(restore.home.open(views=VIEWS)) as store:
        found = verify(store, views=VIEWS)
        assert (found.faults, found.views) == ([], "equal")
        return whole(store)


def record(restore: Restoring, desk: Any, times: int = 3) -> dict[str, list[Any]]:
    """Three facts that the backup lacks."""
    with closing(restore.home.open(views=VIEWS)) as store:
        for _ in range(times):
            store.commit(desk.of(desk.added("later")))
        return whole(store)


# what comes of it ----------------------------------------------------------------------------------------------


def test_in_an_empty_place_the_book_is_as_it_was(
    restore: Restoring, expected: Any, desk: Any, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = HOMES["sqlite" if isinstance(restore.home, SqliteHome) else "postgres"](tmp_path / "other")
    elsewhere = Restoring(other, restore.backup)
    done = elsewhere()
    assert (done.verified, done.lost, done.aside, done.events) == (True, 0, "", len(expected["events"]))
    assert now_holds(elsewhere) == expected
    with closing(other.open(views=VIEWS)) as store:
        last = store.head().position
        assert [fact.position for fact in store.commit(desk.of(desk.added()))] == [last + 1]
        assert "backup.goldenthread" in (store.get_meta("restored") or "")
    assert len(elsewhere.places()) == 1, "nothing is left beside it"
    other.cleanup()


def test_a_backup_of_one_database_is_restored_into_the_other(tmp_path: Path, desk: Any) -> None:
    here, there = SqliteHome(tmp_path), PostgresHome()
    with closing(here.make(VIEWS)) as store:
        fill(store, desk)
        expected = whole(store)
        back_up(store._database, "", tmp_path / "first", VIEWS, force=False, watch=quiet)
    Restoring(there, tmp_path / "first")()
    assert now_holds(Restoring(there, tmp_path)) == expected
    with closing(there.open(views=VIEWS)) as store:
        back_up(store._database, "", tmp_path / "second", VIEWS, force=False, watch=quiet)
    here.cleanup()
    Restoring(here, tmp_path / "second")()
    assert now_holds(Restoring(here, tmp_path)) == expected
    there.cleanup()


def test_over_the_same_book_nothing_is_lost_and_the_old_one_is_kept(
    restore: Restoring, expected: Any
) -> None:
    done = restore()
    assert (done.lost, done.unreadable) == (0, "")
    assert now_holds(restore) == expected
    with closing(restore.aside(done)) as old:
        assert whole(old) == expected


def test_facts_that_the_backup_lacks_are_named_and_kept(restore: Restoring, expected: Any, desk: Any) -> None:
    later = record(restore, desk)
    places = restore.places()
    assert refused(restore) == ["GT-DB-064"]
    assert now_holds(restore) == later
    assert restore.places() == places
    last = len(later["events"])
    done = restore(replace=True)
    assert (done.lost, done.lost_from, done.lost_until) == (3, last - 2, last)
    assert now_holds(restore) == expected
    with closing(restore.aside(done)) as old:
        assert whole(old) == later


def test_facts_that_are_others_under_the_same_numbers_are_lost_ones_too(
    restore: Restoring, expected: Any, desk: Any
) -> None:
    restore()
    first = record(restore, desk, 1)
    with closing(restore.home.open(views=VIEWS)) as store:
        back = restore.backup.with_name("branch.goldenthread")
        back_up(store._database, "", back, VIEWS, force=False, watch=quiet)
    restore(replace=True)
    record(restore, desk, 2)
    other = Restoring(restore.home, back)
    assert refused(other) == ["GT-DB-064"]
    done = other(replace=True)
    assert (done.lost, done.lost_from) == (2, len(first["events"]))
    assert now_holds(restore) == first


def test_each_old_book_gets_a_name_of_its_own(restore: Restoring, expected: Any, desk: Any) -> None:
    names = set()
    for _ in range(3):
        record(restore, desk, 1)
        names.add(restore(replace=True).aside)
    assert len(names) == 3


def test_a_dry_run_says_it_all_and_changes_nothing(restore: Restoring, expected: Any, desk: Any) -> None:
    later = record(restore, desk)
    places = restore.places()
    told = restore(dry_run=True, replace=True)
    assert (told.lost, told.verified, bool(told.aside)) == (3, True, True)
    assert refused(partial(restore, dry_run=True)) == ["GT-DB-064"]
    assert (now_holds(restore), restore.places()) == (later, places)


def test_rights_that_were_given_hold_for_the_restored_book_too(tmp_path: Path, desk: Any) -> None:
    home = PostgresHome()
    role = f"app_{home.schema}".replace("-", "_")
    with psycopg.connect(home.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    with closing(home.make(VIEWS)) as store:
        fill(store, desk, 3)
        database: Any = store._database
        back_up(database, "", tmp_path / "b", VIEWS, force=False, watch=quiet)
        database.grant(role, "application")
    Restoring(home, tmp_path / "b")()
    with closing(open_postgres(postgres.as_role(home.url, role), home.schema, VIEWS, create=False)) as store:
        store.commit(desk.of(desk.added(), command_id="by the program"))
    home.cleanup()


# refused -------------------------------------------------------------------------------------------------------


def test_a_backup_with_a_fault_is_not_restored(restore: Restoring, expected: Any) -> None:
    with closing(sqlite3.connect(restore.backup, isolation_level=None)) as spoilt:
        spoilt.execute("DROP TRIGGER events_no_update")
        spoilt.execute(
            "UPDATE events SET body = CAST(replace(body, 'clerk', 'clark') AS BLOB) WHERE position = 9"
        )
        with closing(spoilt.execute("PRAGMA wal_checkpoint(TRUNCATE)")):
            pass
    places = restore.places()
    assert refused(restore) == ["GT-DB-067"]
    assert refused(partial(restore, replace=True)) == ["GT-DB-067"]
    assert (now_holds(restore), restore.places()) == (expected, places)


def test_a_backup_whose_views_differ_from_its_log_is_not_restored(restore: Restoring, expected: Any) -> None:
    with closing(sqlite3.connect(restore.backup, isolation_level=None)) as spoilt:
        spoilt.execute("UPDATE meetings_of SET count = count + 1 WHERE to_position IS NULL")
    assert refused(restore) == ["GT-DB-067"]
    assert now_holds(restore) == expected


def test_what_is_no_backup_is_not_restored(restore: Restoring, expected: Any, tmp_path: Path) -> None:
    assert refused(Restoring(restore.home, tmp_path / "nowhere")) == ["GT-DB-063"]
    (tmp_path / "letter").write_text("Dear all, " * 1000)
    assert refused(Restoring(restore.home, tmp_path / "letter")) == ["GT-DB-004"]
    assert now_holds(restore) == expected


@pytest.mark.parametrize(("version", "code"), [("1", "GT-DB-068"), ("99", "GT-DB-001")])
def test_a_backup_of_another_version_is_not_restored(
    restore: Restoring, expected: Any, version: str, code: str
) -> None:
    with closing(sqlite3.connect(restore.backup, isolation_level=None)) as other:
        other.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (version,))
    assert refused(restore) == [code]
    assert now_holds(restore) == expected


@pytest.mark.parametrize("read_only", [False, True])
def test_while_anybody_has_the_book_open_nothing_is_restored(
    restore: Restoring, expected: Any, read_only: bool
) -> None:
    if isinstance(restore.home, SqliteHome):
        other = open_sqlite(restore.home.path, VIEWS, create=False, read_only=read_only)
    else:
        assert isinstance(restore.home, PostgresHome)
        other = open_postgres(restore.home.url, restore.home.schema, VIEWS, create=False, read_only=read_only)
    other.head()
    try:
        assert refused(restore) == ["GT-DB-066"]
        assert whole(other) == expected
    finally:
        other.close()
    assert now_holds(restore) == expected
    restore()


def test_facts_recorded_while_it_is_prepared_are_not_lost(
    restore: Restoring, expected: Any, desk: Any
) -> None:
    stage = "Copying" if isinstance(restore.home, SqliteHome) else "Carrying events"
    told = refused(lambda: restore(at(stage, lambda: record(restore, desk, 1))))
    assert told == ["GT-DB-069"]
    assert len(now_holds(restore)["events"]) == len(expected["events"]) + 1


def test_the_backup_is_no_place_for_itself(tmp_path: Path, desk: Any) -> None:
    home = SqliteHome(tmp_path)
    home.make(VIEWS).close()
    assert refused(Restoring(home, home.path)) == ["GT-DB-060"]


def test_a_schema_that_holds_something_else_is_left_alone(tmp_path: Path, desk: Any) -> None:
    file, home = a_file(tmp_path, desk, VIEWS, 3), PostgresHome()
    with psycopg.connect(home.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(home.schema)))
        connection.execute(sql.SQL("CREATE TABLE {}.theirs (a int)").format(sql.Identifier(home.schema)))
    assert refused(Restoring(home, file)) == ["GT-DB-029"]
    home.cleanup()


def test_an_empty_schema_that_was_made_for_it_is_used(tmp_path: Path, desk: Any) -> None:
    file, home = a_file(tmp_path, desk, VIEWS, 3), PostgresHome()
    with psycopg.connect(home.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(home.schema)))
    Restoring(home, file)()
    now_holds(Restoring(home, file))
    home.cleanup()


# what stands there is no longer a book -------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"\xff" * 20_000, b"SQLite format 3\x00" + b"\xff" * 20_000])
def test_what_cannot_be_read_is_replaced_only_on_demand_and_kept(
    tmp_path: Path, desk: Any, content: bytes
) -> None:
    (tmp_path / "home").mkdir()
    restore = Restoring(SqliteHome(tmp_path / "home"), a_file(tmp_path, desk, VIEWS))
    home = restore.home
    assert isinstance(home, SqliteHome)
    home.path.write_bytes(content)
    Path(f"{home.path}-wal").write_bytes(b"what was written last")
    assert refused(restore) == ["GT-DB-064"]
    assert home.path.read_bytes() == content
    done = restore(replace=True)
    assert done.unreadable
    assert Path(done.aside).read_bytes() == content
    assert Path(f"{done.aside}-wal").read_bytes() == b"what was written last"
    assert not Path(f"{home.path}-wal").exists()
    now_holds(restore)


def test_last_facts_without_their_book_are_kept_and_not_mixed_in(tmp_path: Path, desk: Any) -> None:
    (tmp_path / "home").mkdir()
    home = SqliteHome(tmp_path / "home")
    restore = Restoring(home, a_file(tmp_path, desk, VIEWS))
    Path(f"{home.path}-wal").write_bytes(b"what was written last")
    assert refused(restore) == ["GT-DB-064"]
    done = restore(replace=True)
    assert Path(f"{done.aside}-wal").read_bytes() == b"what was written last"
    now_holds(restore)


def test_a_file_whose_book_moved_away_is_written_again_once_it_is_restored(tmp_path: Path, desk: Any) -> None:
    from adapters.sql.marks import Departed, depart

    file = a_file(tmp_path, desk, VIEWS)
    with closing(open_sqlite(file, VIEWS, create=False)) as store, store._database.writing as cursor:
        depart(cursor, store._database.dialect, Departed(to="elsewhere", at=NOW, position=1))
    (tmp_path / "home").mkdir()
    restore = Restoring(SqliteHome(tmp_path / "home"), file)
    restore()
    record(restore, desk, 1)


def test_a_file_whose_book_moved_away_is_replaced_only_on_demand(tmp_path: Path, desk: Any) -> None:
    from adapters.sql.marks import Departed, depart

    home = SqliteHome(tmp_path)
    home.make(VIEWS).close()
    with closing(home.open(views=VIEWS)) as store, store._database.writing as cursor:
        depart(cursor, store._database.dialect, Departed(to="the server", at=NOW, position=0))
    (tmp_path / "backups").mkdir()
    restore = Restoring(home, a_file(tmp_path / "backups", desk, VIEWS))
    assert refused(restore) == ["GT-DB-073"]
    assert "the server" in Path(restore(replace=True).aside).read_bytes().decode("utf-8", "replace")
    record(restore, desk, 1)


def test_a_book_made_while_a_backup_is_being_prepared_is_left_alone(tmp_path: Path, desk: Any) -> None:
    (tmp_path / "backups").mkdir()
    home = SqliteHome(tmp_path)
    restore = Restoring(home, a_file(tmp_path / "backups", desk, VIEWS))

    def somebody_is_faster() -> None:
        with closing(home.make(VIEWS)) as made:
            made.commit(desk.of(desk.added(), command_id="theirs"))

    assert refused(partial(restore, at("Verifying the backup", somebody_is_faster))) == ["GT-DB-069"]
    with closing(home.open(views=VIEWS)) as theirs:
        assert theirs.command("theirs") is not None
        assert theirs.head().position == 1


# interrupted ---------------------------------------------------------------------------------------------------


def test_killed_at_any_moment_there_is_the_old_book_or_the_new(
    restore: Restoring, expected: Any, desk: Any
) -> None:
    later = record(restore, desk)
    killed = 0
    for call in range(1, 60):
        stage = killed_at(call, lambda watch: restore(watch, replace=True))
        if stage is None:
            break
        killed += 1
        assert (
            now_holds(restore) in (later, expected) if stage == "Restoring" else now_holds(restore) == later
        )
    assert killed > 2
    assert now_holds(restore) == expected


@pytest.mark.parametrize("read_only", [False, True])
def test_killed_while_the_file_is_written_over_the_old_book_comes_back(
    tmp_path: Path, desk: Any, read_only: bool
) -> None:
    (tmp_path / "home").mkdir()
    restore = Restoring(SqliteHome(tmp_path / "home"), a_file(tmp_path, desk, VIEWS))
    with closing(open_sqlite(restore.backup, VIEWS, create=False)) as store:
        content = os.urandom(45_000_000)
        store.commit(desk.unit(desk.part(), blobs={hashlib.sha256(content).hexdigest(): content}))
    restore()
    later = record(restore, desk)
    half_way = killed_when(
        lambda stage, done, total: stage == "Restoring" and 0.8 < done / total < 1,
        partial(restore, replace=True),
    )
    assert half_way == "Restoring"
    assert isinstance(restore.home, SqliteHome)
    assert Path(f"{restore.home.path}-journal").exists(), "it was half-way"
    with closing(open_sqlite(restore.home.path, VIEWS, create=False, read_only=read_only)) as store:
        assert whole(store) == later
    restore(replace=True)
    now_holds(restore)


def test_interrupted_by_hand_the_old_book_stands(restore: Restoring, expected: Any, desk: Any) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    later, places = record(restore, desk), restore.places()
    for stage in ("Verifying the backup", "Copying", "Carrying commands", "Filling the views"):
        try:
            restore(at(stage, interrupt), replace=True)
        except KeyboardInterrupt:
            assert now_holds(restore) == later, stage
            assert {name for name in restore.places() - places if ".aside" not in name} <= {
                f"{getattr(restore.home, 'schema', '')}.restoring"
            }
        else:
            record(restore, desk)  # that stage belongs to the other database
            with closing(restore.home.open(views=VIEWS)) as store:
                later = whole(store)
    restore(replace=True)
    assert now_holds(restore) == expected


def test_a_full_disk_leaves_the_old_book(tmp_path: Path, desk: Any) -> None:
    (tmp_path / "home").mkdir()
    restore = Restoring(SqliteHome(tmp_path / "home"), a_file(tmp_path, desk, VIEWS))
    restore()
    before = now_holds(restore)

    def task() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, resource.RLIM_INFINITY))
        assert refused(partial(restore, replace=True)) == ["GT-DB-005"]

    in_a_child(task)
    assert now_holds(restore) == before
    assert restore.places() == {"book.goldenthread"}
