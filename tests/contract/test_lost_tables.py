"""A book that has lost tables is told for what it is, wherever it is met; it is neither absent nor opened half."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import psycopg
import pytest

from adapters.cli.app import run as run_program
from adapters.sql.marks import Arriving, keep_arriving
from adapters.sql.schema import LOG
from engine.view import View
from engine.views import VIEWS
from events.errors import GoldenthreadError, Problem
from goldenthread.__main__ import Program
from goldenthread.places import SchemaPlace
from tests import postgres
from tests.campaigns.homes import PostgresHome, SqliteHome
from tests.contract.homes import KINDS, Home, code, differences, home, tables_of, upgrade

from .custody import a_file, refused
from .meetings import VIEWS as MEETINGS
from .restoring import Restoring, now_holds

RESTORE = "restore the last backup with 'goldenthread db restore'"


@pytest.fixture(params=KINDS)
def new(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A book made by this version."""
    at = home(request.param, tmp_path)
    at.place.create(VIEWS).close()
    return at


def drop(at: Home, *tables: str) -> None:
    for table in tables:
        at.ask(f"DROP TABLE {table}{' CASCADE' if isinstance(at.place, SchemaPlace) else ''}")


def problem(do: Callable[[], Any]) -> Problem:
    with pytest.raises(GoldenthreadError) as refusal:
        do()
    [found] = refusal.value.problems
    return found


# What is said ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", LOG.tables)
@pytest.mark.parametrize("write", [True, False])
def test_a_table_that_is_gone_is_named_when_the_book_is_opened(new: Home, table: str, write: bool) -> None:
    drop(new, table)
    found = problem(lambda: new.place.open(VIEWS, write=write))
    assert found.code == "GT-DB-222"
    assert f"is damaged: the table {table} of it is missing." in found.sentence
    assert RESTORE in found.fix


def test_all_tables_that_are_gone_are_named(new: Home) -> None:
    drop(new, "commands", "texts", "meta")
    found = problem(lambda: new.place.open(VIEWS, write=False))
    assert "the tables commands, meta and texts of it are missing." in found.sentence


def test_a_table_that_was_renamed_is_missing_until_it_has_its_name_again(new: Home) -> None:
    new.ask("ALTER TABLE events RENAME TO old_events")
    assert code(lambda: new.place.open(VIEWS, write=False)) == "GT-DB-222"
    new.ask("ALTER TABLE old_events RENAME TO events")
    new.place.open(VIEWS, write=True).close()


def test_what_is_left_of_a_book_is_told_down_to_the_last_table(new: Home) -> None:
    drop(new, *(name for name in LOG.tables if name != "blobs"))
    assert code(lambda: new.place.open(VIEWS, write=True)) == "GT-DB-222"
    assert code(lambda: new.place.create(VIEWS)) in ("GT-DB-222", "GT-DB-011")


def test_no_other_command_takes_a_damaged_book_for_a_whole_one(new: Home) -> None:
    drop(new, "texts")
    assert code(lambda: upgrade(new)) == "GT-DB-222"
    assert code(lambda: new.place.create(VIEWS)) in ("GT-DB-222", "GT-DB-011")


def test_a_schema_with_nothing_of_a_book_holds_no_book() -> None:
    at = home("postgres", Path())
    with psycopg.connect(postgres.server(), autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA "{at.place.schema}"'.encode())  # type: ignore[attr-defined]  # PostgreSQL only
    assert code(lambda: at.place.open(VIEWS, write=False)) == "GT-DB-006"
    at.ask("CREATE TABLE payroll (x int)")
    at.ask("CREATE TABLE events (x int)")
    assert code(lambda: at.place.open(VIEWS, write=False)) == "GT-DB-006", "a table of somebody else's"
    assert code(lambda: at.place.create(VIEWS)) == "GT-DB-029"


def test_a_book_of_the_first_release_lacks_nothing_that_came_later(tmp_path: Path) -> None:
    for kind in KINDS:
        at = home(kind, tmp_path)
        at.make_first_release()
        assert code(lambda at=at: at.place.open(VIEWS, write=False)) == "GT-DB-030"  # type: ignore[misc]  # a default binds it
        drop(at, "blobs")
        assert code(lambda at=at: upgrade(at)) == "GT-DB-222"  # type: ignore[misc]  # as above


def test_a_book_on_its_way_in_keeps_its_own_message(new: Home) -> None:
    with closing(new.database()) as database, database.writing as cursor:
        keep_arriving(cursor, database.dialect, Arriving(by="to-postgres", source="kent", first=""))
        cursor.execute("UPDATE meta SET value = 'on its way' WHERE name = 'schema'")
    assert code(lambda: new.place.open(VIEWS, write=False)) == "GT-DB-054"
    drop(new, "texts")
    assert code(lambda: new.place.open(VIEWS, write=False)) == "GT-DB-054"


def test_a_table_that_goes_while_the_book_is_open_is_named(new: Home) -> None:
    with closing(new.place.open(VIEWS, write=False)) as store:
        drop(new, "blobs", "due")
        found = problem(lambda: store.blob("d"))
        assert (found.code, "the table blobs of it is missing" in found.sentence) == ("GT-DB-222", True)
        assert RESTORE in found.fix
        due = next(view for view in VIEWS if view.name == "due")
        assert "goldenthread db migrate" in problem(lambda: store.rows(due)).fix


# db check -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [name for name in LOG.tables if name != "meta"])
def test_a_check_tells_what_is_missing_with_everything_else_and_the_way_out(new: Home, table: str) -> None:
    drop(new, table)
    new.ask("DROP INDEX due_1")
    with closing(tables_of(new)) as tables:
        found = tables.check()
    assert {f"The table {table} is missing.", "The index due_1 is missing."} <= set(found.differences)
    assert [(each.code, RESTORE in each.fix) for each in found.problems] == [("GT-DB-222", True)]
    assert not found.whole


def test_at_the_keyboard_a_damaged_book_is_never_taken_for_none(
    new: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AS", "DB", "BOOK", "CLOCK", "LOG"):
        monkeypatch.delenv(f"GOLDENTHREAD_{name}", raising=False)
    drop(new, "incidents")
    where = ["-C", str(tmp_path)]
    if isinstance(new.place, SchemaPlace):
        where += [
            "--db",
            new.place.url.replace("postgresql:", "postgresql+psycopg:"),
            "--book",
            new.place.schema,
        ]
    for words, left_with in (
        (["health"], 1),
        (["dashboard"], 70),
        (["db", "check"], 10),
        (["db", "migrate"], 70),
    ):
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(out):
            assert run_program(Program(), [*where, *words]) == left_with
        assert "the table incidents of it is missing." in out.getvalue()
        assert "[GT-DB-222]" in out.getvalue()


# Views ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [True, False])
def test_tables_of_views_are_filled_again_by_whoever_may(new: Home, before: bool) -> None:
    ranged = next(view for view in VIEWS if view.ranged)
    gone = f"{ranged.name}{'_before' * before}"
    drop(new, gone)
    found = problem(lambda: new.place.open(VIEWS, write=False))
    assert (found.code, f"the table {gone} of it is missing" in found.sentence) == ("GT-DB-222", True)
    assert "goldenthread db migrate" in found.fix
    assert differences(new) == (
        f"The view {ranged.name} is missing: 'goldenthread db migrate' fills it again from the log.",
    )
    assert upgrade(new, dry_run=True).views == (ranged.name,)
    with closing(new.place.open(VIEWS, write=True)) as store:
        assert store.differences(VIEWS) == []
    assert differences(new) == ()


# The way out ----------------------------------------------------------------------------------------------------------


def damaged(kind: str, folder: Path, desk: Any, table: str) -> Restoring:
    """A book with an event that a backup has too, and without one of its tables."""
    (folder / "home").mkdir()
    backup = a_file(folder, desk, MEETINGS)
    if kind == "sqlite":
        file = SqliteHome(folder / "home")
        Restoring(file, backup)()
        with closing(sqlite3.connect(file.path)) as connection:
            connection.execute(f"DROP TABLE {table}")
        return Restoring(file, backup)
    schema = PostgresHome()
    Restoring(schema, backup)()
    with psycopg.connect(schema.url, autocommit=True) as connection:
        connection.execute(f'DROP TABLE "{schema.schema}".{table} CASCADE'.encode())
    return Restoring(schema, backup)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("table", ["events", "meta", "texts"])
def test_a_backup_takes_the_place_of_a_damaged_book_and_what_is_left_is_kept(
    kind: str, table: str, tmp_path: Path, desk: Any
) -> None:
    restore = damaged(kind, tmp_path, desk, table)
    before = restore.places()
    if table == "events":
        assert refused(restore) == ["GT-DB-064"]
    done = restore(replace=True)
    assert done.aside
    assert restore.places() > before
    now_holds(restore)


def test_roles_keep_their_rights_though_the_log_was_gone(tmp_path: Path, desk: Any, meetings: View) -> None:
    restore = damaged("postgres", tmp_path, desk, "texts")
    assert isinstance(restore.home, PostgresHome)
    place, role = SchemaPlace(restore.home.url, restore.home.schema), f"role-{restore.home.schema}"
    with psycopg.connect(place.url, autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{role}" LOGIN'.encode())
        try:
            place.grant(role, reader=False)
            connection.execute(f'DROP TABLE "{place.schema}".events CASCADE'.encode())
            restore(replace=True)
            theirs = SchemaPlace(postgres.as_role(place.url, role), place.schema)
            with closing(theirs.open(MEETINGS, write=True)) as store:
                store.commit(desk.of(desk.added()))
        finally:
            connection.execute(f'DROP OWNED BY "{role}" CASCADE'.encode())
            connection.execute(f'DROP ROLE "{role}"'.encode())
