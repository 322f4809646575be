"""What stands in a database is compared with what must stand there; views of another version are told and settled."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from adapters.sql.schema import VERSION
from engine.view import View
from engine.views import VIEWS
from tests.contract.homes import (
    KINDS,
    Home,
    code,
    differences,
    home,
    upgrade,
)


@pytest.fixture(params=KINDS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A book of the first released schema."""
    at = home(request.param, tmp_path)
    at.make_first_release()
    return at


@pytest.fixture(params=KINDS)
def new(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A book made by this version."""
    at = home(request.param, tmp_path)
    at.place.create(VIEWS).close()
    return at


# Other versions, and none -------------------------------------------------------------------------------------------


def test_a_newer_book_is_left_to_the_program_that_wrote_it(new: Home) -> None:
    new.ask("UPDATE meta SET value = ? WHERE name = 'schema'", (str(VERSION + 1),))
    assert code(lambda: new.place.open(VIEWS, write=True)) == "GT-DB-001"
    assert code(lambda: new.place.open(VIEWS, write=False)) == "GT-DB-001"
    assert code(lambda: upgrade(new)) == "GT-DB-001"
    [said] = differences(new)
    assert "install the goldenthread that wrote it" in said


@pytest.mark.parametrize(
    "written", ["", "0", "-1", "+2", "2.0", " 2", "two", "\u00b2", "\u0662", "2\n", "9" * 5000, None]
)
def test_a_book_that_names_no_version_is_refused_with_a_sentence(new: Home, written: str | None) -> None:
    if written is None:
        new.ask("DELETE FROM meta WHERE name = 'schema'")
    else:
        new.ask("UPDATE meta SET value = ? WHERE name = 'schema'", (written,))
    for write in (True, False):
        assert code(lambda write=write: new.place.open(VIEWS, write=write)) == "GT-DB-031"  # type: ignore[misc]  # a default binds it
    assert code(lambda: upgrade(new)) == "GT-DB-031"
    assert code(lambda: differences(new)) == "GT-DB-031"


# What stands there, against what must -------------------------------------------------------------------------------


SPOILT = {
    "sqlite": {
        "DROP INDEX events_by_correlation": "The index events_by_correlation is missing.",
        "DROP TRIGGER events_no_update": "The trigger events_no_update is missing.",
        "DROP TABLE incidents": "The table incidents is missing.",
        "DROP INDEX due_1": "The index due_1 is missing.",
        "CREATE TABLE mine (x)": "The table mine is not one that goldenthread made.",
        "CREATE INDEX mine ON events (actor)": "The index mine is not one that goldenthread made.",
        "ALTER TABLE texts ADD COLUMN more TEXT": "The column texts.more is not one that goldenthread made.",
        "ALTER TABLE texts DROP COLUMN erased_at": "The column texts.erased_at is missing.",
        "CREATE TRIGGER mine BEFORE INSERT ON events BEGIN SELECT RAISE(IGNORE); END":
            "The trigger mine is not one that goldenthread made.",
        "DROP TABLE blobs; CREATE TABLE blobs (digest TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL)":
            "The table blobs is 'table' and must be 'table, strict'.",
        "DROP TABLE blobs; CREATE TABLE blobs (content BLOB NOT NULL, digest TEXT NOT NULL PRIMARY KEY) STRICT":
            "The order of columns in blobs is 'content, digest' and must be 'digest, content'.",
        "DROP TABLE texts; CREATE TABLE texts (ref TEXT NOT NULL COLLATE NOCASE PRIMARY KEY, nonce BLOB NOT NULL, "
        "text TEXT NOT NULL, erased_at TEXT) STRICT": "The table texts is 'table, strict, collate' and must be 'table, strict'.",
        "DROP TABLE meta; CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT; "
        f"INSERT INTO meta VALUES ('schema', '{VERSION}')": "The table meta is 'table, strict' and must be 'table, strict, without rowid'.",
        "DROP INDEX incidents_open; CREATE INDEX incidents_open ON incidents (first_failed_at)":
            "The index incidents_open is 'on first_failed_at' and must be 'on first_failed_at where ended_at IS NULL'.",
    },
    "postgres": {
        "DROP INDEX events_by_correlation": "The index events_by_correlation is missing.",
        "DROP TRIGGER events_no_change ON events": "The trigger events_no_change is missing.",
        "DROP TABLE incidents": "The table incidents is missing.",
        "DROP INDEX due_1": "The index due_1 is missing.",
        "CREATE TABLE mine (x int)": "The table mine is not one that goldenthread made.",
        "CREATE VIEW mine AS SELECT 1": "The view mine is not one that goldenthread made.",
        "CREATE INDEX mine ON events (actor)": "The index mine is not one that goldenthread made.",
        "ALTER TABLE texts ADD COLUMN more text": "The column texts.more is not one that goldenthread made.",
        "ALTER TABLE texts DROP COLUMN erased_at": "The column texts.erased_at is missing.",
        "ALTER TABLE texts ALTER COLUMN nonce DROP NOT NULL": "The column texts.nonce is 'bytea' and must be 'bytea, not null'.",
        "ALTER TABLE events ALTER COLUMN stream TYPE text COLLATE \"POSIX\"":
            "The column events.stream is 'text, collated POSIX, not null' and must be 'text, collated C, not null'.",
        "ALTER TABLE events DROP CONSTRAINT events_stream_version_key": "The constraint events_stream_version_key is missing.",
        "ALTER TABLE commands SET UNLOGGED": "The table commands is 'table, unlogged' and must be 'table'.",
        "CREATE RULE mine AS ON INSERT TO blobs DO INSTEAD NOTHING": "The table blobs is 'table, with rules' and must be 'table'.",
    },
}  # fmt: skip


@pytest.mark.parametrize(("kind", "deed"), [(kind, deed) for kind in KINDS for deed in SPOILT[kind]])
def test_tables_that_are_not_as_they_must_be_are_told(kind: str, deed: str, tmp_path: Path) -> None:
    at = home(kind, tmp_path)
    at.place.create(VIEWS).close()
    assert differences(at) == ()
    for statement in deed.split("; ") if "BEGIN" not in deed else [deed]:
        at.ask(statement)
    assert SPOILT[kind][deed] in differences(at)


@pytest.mark.parametrize(
    "deed",
    [
        "ALTER TABLE events DISABLE TRIGGER events_no_change",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    ],
)
def test_a_trigger_that_no_longer_refuses_is_told(deed: str, tmp_path: Path) -> None:
    at = home("postgres", tmp_path)
    at.place.create(VIEWS).close()
    at.ask(deed)
    assert any(said.startswith("The trigger events_no_change is '") for said in differences(at))


def test_comparing_leaves_nothing_behind(new: Home) -> None:
    before = new.shape(), new.ask("SELECT * FROM meta")
    assert differences(new) == ()
    assert (new.shape(), new.ask("SELECT * FROM meta")) == before


# Views --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def moved_on(new: Home, meetings: View) -> Home:
    """A book whose views are those of another version: one fewer, one more, and one of another shape."""
    with closing(new.place.open([*VIEWS[1:], meetings], write=True)):
        pass
    name = VIEWS[1].name
    [(views,)] = new.ask("SELECT value FROM meta WHERE name = 'views'")
    new.ask("UPDATE meta SET value = ? WHERE name = 'views'", (views.replace(f'"{name}":"', f'"{name}":"0'),))
    return new


def test_views_of_another_version_are_told_and_settled_by_an_upgrade(moved_on: Home, meetings: View) -> None:
    names = sorted([VIEWS[0].name, VIEWS[1].name])
    assert code(lambda: moved_on.place.open(VIEWS, write=False)) == "GT-DB-017"
    told = differences(moved_on)
    assert [f"The view {name} is not of this version" in " ".join(told) for name in names] == [True, True]
    assert f"The view {meetings.name} is no longer kept" in " ".join(told)
    assert len(told) == 3
    done = upgrade(moved_on)
    assert (done.found, sorted(done.views), done.dropped) == (VERSION, names, (meetings.name,))
    assert differences(moved_on) == ()
    with closing(moved_on.place.open(VIEWS, write=False)) as store:
        assert store.differences(VIEWS) == []


def test_whoever_waits_for_views_to_be_filled_is_told_how_far_it_is(old: Home) -> None:
    told: list[tuple[int, int]] = []
    upgrade(old)
    upgrade(old, progress=lambda done, of: told.append((done, of)))
    assert told == []  # its views are as they must be now
    old.ask("UPDATE meta SET value = '{}' WHERE name = 'views'")
    upgrade(old, progress=lambda done, of: told.append((done, of)))
    assert told == [(30, 30)]


def test_a_row_of_views_that_cannot_be_read_has_all_of_them_filled_again(new: Home) -> None:
    new.ask("UPDATE meta SET value = ? WHERE name = 'views'", ("{not JSON",))
    assert code(lambda: new.place.open(VIEWS, write=False)) == "GT-DB-017"
    assert len(upgrade(new).views) == len(VIEWS)
    assert differences(new) == ()
