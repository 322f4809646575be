"""A backup is put in place whole, after it was verified, and never over facts that it lacks."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from adapters.sql import open_postgres
from adapters.sql.backup import back_up
from tests import postgres
from tests.campaigns.homes import HOMES, PostgresHome, SqliteHome

from .custody import fill, quiet, refused
from .meetings import VIEWS
from .restoring import Restoring, now_holds, record, whole


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
        last = store.head().position
        (written,) = store.commit(desk.of(desk.added(), command_id="by the program"))
    assert written.position == last + 1
    home.cleanup()
