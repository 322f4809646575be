"""A backup that is faulty, of another version or in the way of somebody is not restored, and nothing is changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from adapters.sql import open_postgres, open_sqlite
from adapters.sql.restore_schema import restore_schema
from events.errors import GoldenthreadError
from goldenthread.places import SchemaPlace
from tests import postgres
from tests.campaigns.homes import PostgresHome, SqliteHome

from .custody import NOW, a_file, at, quiet, refused
from .meetings import VIEWS
from .restoring import Restoring, now_holds, record, whole


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
        spoilt.execute("UPDATE meetings_of SET count = count + 1")
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


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ("CREATE FUNCTION {}.theirs() RETURNS int LANGUAGE sql AS 'SELECT 1'", "the function theirs"),
        ("CREATE TYPE {}.theirs AS ENUM ('a')", "the type theirs"),
        ("CREATE VIEW {}.theirs AS SELECT 1 AS a", "the table theirs"),
    ],
)
def test_whatever_a_schema_holds_is_named(tmp_path: Path, desk: Any, theirs: str, said: str) -> None:
    file, home = a_file(tmp_path, desk, VIEWS, 3), PostgresHome()
    with psycopg.connect(home.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(home.schema)))
        connection.execute(sql.SQL(theirs).format(sql.Identifier(home.schema)))
    with pytest.raises(GoldenthreadError, match=said) as refusal:
        Restoring(home, file)()
    assert refusal.value.problems[0].code == "GT-DB-029"
    home.cleanup()


def test_a_role_that_does_not_own_the_schema_is_refused_before_anything_is_filled(
    tmp_path: Path, desk: Any
) -> None:
    file, home = a_file(tmp_path, desk, VIEWS, 3), PostgresHome()
    home.make(VIEWS).close()
    role = sql.Identifier(f"app-{home.schema}")
    with psycopg.connect(home.url, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
        SchemaPlace(home.url, home.schema).grant(f"app-{home.schema}", reader=False)
        owner.execute(
            sql.SQL("CREATE SCHEMA {} AUTHORIZATION {}").format(
                sql.Identifier(f"{home.schema}.restoring"), role
            )
        )
        restore = Restoring(home, file)
        places, url = restore.places(), postgres.as_role(home.url, f"app-{home.schema}")
        for asked in ({}, {"replace": True}, {"dry_run": True}):
            how = {"check": True, "replace": False, "dry_run": False, "wait_seconds": 0.3, **asked}
            attempt = partial(restore_schema, file, url, home.schema, VIEWS, now=NOW, watch=quiet, **how)
            assert refused(attempt) == ["GT-DB-027"]
        assert restore.places() == places
        held = owner.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace",
            (f'"{home.schema}.restoring"',),
        )
        assert held.fetchall() == []
        home.cleanup()
        owner.execute(sql.SQL("DROP OWNED BY {} CASCADE").format(role))
        owner.execute(sql.SQL("DROP ROLE {}").format(role))


def test_an_empty_schema_that_was_made_for_it_is_used(tmp_path: Path, desk: Any) -> None:
    file, home = a_file(tmp_path, desk, VIEWS, 3), PostgresHome()
    with psycopg.connect(home.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(home.schema)))
    with closing(open_sqlite(file, VIEWS, create=False)) as store:
        kept = whole(store)
    Restoring(home, file)()
    assert now_holds(Restoring(home, file)) == kept
    home.cleanup()
