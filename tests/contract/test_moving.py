"""Moving a book from its file to PostgreSQL: every byte as it is, whatever happens on the way, and one book afterwards."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from adapters.sql import SqlStore, open_postgres, open_sqlite
from adapters.sql.moving import move
from adapters.sql.postgres import opening as schemas
from adapters.sql.sqlite import opening as files
from engine.custody import Moved, Watch
from tests import postgres

from .custody import NOW, a_file, at, fill, killed_at, killed_when, quiet, refused, rows, views_of
from .meetings import VIEWS

PAGE = 7
"""So few rows in a transaction that a small book is carried in many."""


@dataclass
class Removal:
    """A file and the schema its book is to be moved to."""

    file: Path
    url: str = field(default_factory=postgres.server)
    schema: str = field(default_factory=postgres.schema)

    def move(
        self, watch: Watch = quiet, *, dry_run: bool = False, url: str = "", views: Any = VIEWS
    ) -> Moved:
        with (
            closing(files.connect(self.file, create=False, read_only=False, wait_seconds=5)) as book,
            closing(
                schemas.connect(url or self.url, self.schema, create=True, read_only=False, wait_seconds=5)
            ) as there,
        ):
            return move(book, there, views, now=NOW, watch=watch, dry_run=dry_run, page=PAGE)

    def again(self) -> Moved:
        """Move once the server has noticed the death of whoever moved before."""
        until = time.monotonic() + 20
        while "GT-DB-059" in (codes := refused(self.look)) and time.monotonic() < until:
            time.sleep(0.02)
        assert "GT-DB-059" not in codes
        return self.move()

    def look(self) -> None:
        self.move(dry_run=True)

    def there(self, **more: Any) -> SqlStore:
        return open_postgres(self.url, self.schema, VIEWS, create=False, **more)

    def here(self, **more: Any) -> SqlStore:
        return open_sqlite(self.file, VIEWS, create=False, **more)

    def does(self, statement: str) -> None:
        """What somebody with rights on the server could do."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(self.schema)))
            connection.execute(statement.encode())


@pytest.fixture
def removal(tmp_path: Path, desk: Any) -> Removal:
    return Removal(a_file(tmp_path, desk, VIEWS))


@pytest.fixture
def as_it_was(removal: Removal) -> dict[str, list[Any]]:
    with closing(removal.here(read_only=True)) as store:
        return rows(store) | views_of(store, VIEWS)


@pytest.fixture
def moved(removal: Removal, as_it_was: dict[str, list[Any]]) -> Iterator[SqlStore]:
    removal.move()
    with closing(removal.there()) as store:
        yield store


def test_every_row_is_the_same_and_the_views_are_too(
    moved: SqlStore, as_it_was: dict[str, list[Any]]
) -> None:
    assert rows(moved) | views_of(moved, VIEWS) == as_it_was
    assert all(as_it_was.values()), "every table was tried"
    assert moved.differences(VIEWS) == []


def test_it_says_what_was_moved_and_how_it_is_told_from_another(removal: Removal, as_it_was: Any) -> None:
    done = removal.move()
    assert done.events == len(as_it_was["events"])
    assert done.rows == {name: len(as_it_was[name]) for name in done.rows}
    assert len(done.fingerprint) == 64


def test_the_next_fact_gets_the_next_position_and_the_next_notice_the_next_number(
    moved: SqlStore, desk: Any
) -> None:
    last, notices = moved.head().position, moved.outbox(unsent_only=False)
    part = desk.part(desk.added(), command_id="the next", notices=[(0, notices[0].notice)])
    assert [fact.position for fact in moved.commit(desk.unit(part))] == [last + 1]
    assert [row.id for row in moved.outbox(unsent_only=False)] == [
        *(row.id for row in notices),
        notices[-1].id + 1,
    ]
    assert moved.differences(VIEWS) == []


def test_the_file_can_be_read_afterwards_and_not_written(removal: Removal, desk: Any) -> None:
    before = removal.here()
    removal.move()
    assert refused(lambda: before.commit(desk.of(desk.added(), command_id="late"))) == ["GT-DB-053"]
    assert refused(lambda: before.mark_sent([1], NOW)) == ["GT-DB-053"]
    before.close()
    assert refused(removal.here) == ["GT-DB-053"]
    with closing(removal.here(read_only=True)) as store, closing(removal.there()) as there:
        assert rows(store) == rows(there)


def test_moving_again_leaves_everything_as_it_is(removal: Removal, desk: Any) -> None:
    removal.move()
    with closing(removal.there()) as store:
        store.commit(desk.of(desk.added(), command_id="later"))
    again = removal.move()
    assert again.already
    with closing(removal.there()) as store:
        assert store.command("later") is not None


def test_a_dry_run_leaves_nothing_behind(removal: Removal, as_it_was: Any) -> None:
    told = removal.move(dry_run=True)
    assert (told.events, told.rows["commands"]) == (len(as_it_was["events"]), len(as_it_was["commands"]))
    assert refused(removal.there) == ["GT-DB-006"]
    with closing(removal.here()) as store:
        assert rows(store) == {name: as_it_was[name] for name in rows(store)}


# interrupted ---------------------------------------------------------------------------------------------------


def test_killed_at_any_moment_it_goes_on_where_it_was(tmp_path: Path, desk: Any) -> None:
    content = a_file(tmp_path, desk, VIEWS, commands=12).read_bytes()
    met: set[str] = set()
    for call in range(1, 100, 3):
        (file := tmp_path / f"{call}.goldenthread").write_bytes(content)
        removal = Removal(file)
        stage = killed_at(call, removal.move)
        if stage is None:
            break
        met.add(stage)
        if stage != "Closing the file":
            with closing(removal.here()) as store:  # people go on working
                store.commit(desk.of(desk.added(), command_id=f"after {call}"))
        check_it_goes_on(removal)
    assert met >= {"Carrying events", "Carrying commands", "Comparing", "Filling the views"}, met


@pytest.mark.parametrize("closed", [False, True])
def test_killed_at_the_last_moment_there_is_one_book_to_write_in(removal: Removal, closed: bool) -> None:
    assert killed_when(lambda stage, done, _: stage == "Closing the file" and done == closed, removal.move)
    assert refused(lambda: removal.here().close()) == (["GT-DB-053"] if closed else [])
    check_it_goes_on(removal)


def check_it_goes_on(removal: Removal) -> None:
    assert refused(removal.there) == ["GT-DB-054"]
    removal.again()
    with closing(removal.there()) as there, closing(removal.here(read_only=True)) as here:
        assert rows(there) == rows(here)
        assert there.differences(VIEWS) == []
    assert refused(removal.here) == ["GT-DB-053"]


def test_a_lost_connection_is_said_and_the_same_command_goes_on(removal: Removal, as_it_was: Any) -> None:
    def cut() -> None:
        with psycopg.connect(removal.url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'goldenthread'"
            )

    for stage in ("Carrying events", "Filling the views", "Verifying"):
        assert refused(lambda stage=stage: removal.move(at(stage, cut))) == ["GT-DB-026", "GT-DB-065"]  # type: ignore[misc]
        assert refused(removal.there) == ["GT-DB-054"]
    assert removal.again().found > 0
    with closing(removal.there()) as store:
        assert rows(store) | views_of(store, VIEWS) == as_it_was


def test_interrupted_by_hand_it_goes_on_too(removal: Removal, as_it_was: Any) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    for stage in ("Carrying outbox", "Closing the file"):
        with pytest.raises(KeyboardInterrupt):
            removal.move(at(stage, interrupt))
        removal.here().close()
    removal.move()
    with closing(removal.there()) as store:
        assert rows(store) | views_of(store, VIEWS) == as_it_was


# meanwhile -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stage", ["Carrying events", "Carrying texts", "Comparing", "Filling the views", "Verifying"]
)
def test_what_is_recorded_meanwhile_is_moved_too(removal: Removal, desk: Any, stage: str) -> None:
    def work() -> None:
        with closing(removal.here()) as store:
            fill(store, desk, 25)
            store.mark_sent([1, 3], NOW)
            store.set_meta("last_tick", "later")

    removal.move(at(stage, work))
    with closing(removal.there()) as there, closing(removal.here(read_only=True)) as here:
        assert rows(there) == rows(here)
        assert there.differences(VIEWS) == []
        assert there.get_meta("last_tick") == "later"


def test_nobody_writes_between_the_last_row_and_the_closing(removal: Removal, desk: Any) -> None:
    told: list[list[str]] = []

    def work() -> None:
        with closing(removal.here(wait_seconds=0.1)) as store:
            told.append(refused(lambda: store.commit(desk.of(desk.added(), command_id="too late"))))

    removal.move(at("Closing the file", work))
    assert told == [["GT-DB-002"]]
    with closing(removal.there()) as store:
        assert store.command("too late") is None


def test_two_do_not_move_it_at_once(removal: Removal) -> None:
    told: list[list[str]] = []
    removal.move(at("Comparing", lambda: told.append(refused(removal.move))))
    assert told == [["GT-DB-059"]]


# refused -------------------------------------------------------------------------------------------------------


def test_a_book_on_its_way_in_is_opened_by_nobody(removal: Removal) -> None:
    told: list[list[str]] = []

    def look() -> None:
        told.extend([refused(removal.there), refused(lambda: removal.there(read_only=True))])

    removal.move(at("Verifying", look))
    assert told == [["GT-DB-054"], ["GT-DB-054"]]


@pytest.mark.parametrize("stage", ["Carrying events", "Verifying"])
def test_two_moves_of_one_file_to_two_places_make_one_book(removal: Removal, stage: str) -> None:
    other = Removal(removal.file)
    assert refused(lambda: removal.move(at(stage, other.move))) == ["GT-DB-053"]
    with closing(other.there()) as store:
        assert store.head().position > 0
    assert refused(removal.there) == ["GT-DB-054"]
    assert refused(removal.move) == ["GT-DB-053"], "nor later, where it was begun"
    assert other.move().already


def test_an_older_copy_of_the_book_is_not_taken_for_where_it_went(
    removal: Removal, tmp_path: Path, desk: Any
) -> None:
    older, stale = tmp_path / "older.goldenthread", Removal(removal.file)
    shutil.copy(removal.file, older)
    Removal(older, schema=stale.schema).move()
    with closing(open_sqlite(removal.file, VIEWS, create=False)) as store:
        store.commit(desk.of(desk.added("later")))
    removal.move()
    assert refused(stale.move) == ["GT-DB-053"]
    assert removal.move().already


def test_a_schema_with_another_book_or_with_anything_is_left_alone(
    removal: Removal, tmp_path: Path, desk: Any
) -> None:
    open_postgres(removal.url, removal.schema, VIEWS, create=True).close()
    assert refused(removal.move) == ["GT-DB-011"]
    other = Removal(removal.file)
    other.does(f'CREATE SCHEMA "{other.schema}"; CREATE TABLE "{other.schema}".theirs (a int)')
    assert refused(other.move) == ["GT-DB-029"]
    assert refused(other.look) == ["GT-DB-029"]


def test_a_schema_that_another_book_is_on_its_way_to_is_left_alone(
    removal: Removal, tmp_path: Path, desk: Any
) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    (tmp_path / "other").mkdir()
    other = Removal(a_file(tmp_path / "other", desk, VIEWS), schema=removal.schema)
    with pytest.raises(KeyboardInterrupt):
        other.move(at("Comparing", stop))
    assert refused(removal.move) == ["GT-DB-055"]
    other.move()


def test_a_book_that_was_moved_is_not_moved_elsewhere(removal: Removal) -> None:
    removal.move()
    assert refused(Removal(removal.file).move) == ["GT-DB-053"]


def test_there_is_nothing_to_move_in_an_empty_book(tmp_path: Path) -> None:
    file = tmp_path / "empty.goldenthread"
    open_sqlite(file, VIEWS, create=True).close()
    assert refused(Removal(file).move) == ["GT-DB-057"]


def test_without_the_right_to_make_a_schema_it_is_said_before_anything_happens(removal: Removal) -> None:
    with psycopg.connect(removal.url, autocommit=True) as connection:
        name = f"clerk_{removal.schema}".replace("-", "_")
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
    url = postgres.as_role(removal.url, name)
    assert refused(lambda: removal.move(dry_run=True, url=url)) == ["GT-DB-220"]
    assert refused(lambda: removal.move(url=url)) == ["GT-DB-220"]
    removal.here().close()


# what verifying finds ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE events DISABLE TRIGGER ALL; UPDATE events SET body = body || 'x' WHERE position = 5",
        "ALTER TABLE events DISABLE TRIGGER ALL; UPDATE events SET actor = 'somebody' WHERE position = 5",
        "ALTER TABLE commands DISABLE TRIGGER ALL; DELETE FROM commands WHERE command_id = 'C0003'",
        "DELETE FROM texts WHERE ref = (SELECT min(ref) FROM texts)",
        "UPDATE outbox SET words = 'later' WHERE id = 4",
        "UPDATE incidents SET attempts = 3",
        "INSERT INTO meta VALUES ('odd', 'one')",
        "INSERT INTO blobs VALUES ('odd', 'one')",
    ],
)  # fmt: skip
def test_a_row_that_arrived_otherwise_stops_the_move(removal: Removal, change: str) -> None:
    assert refused(lambda: removal.move(at("Carrying texts", lambda: removal.does(change)))) == ["GT-DB-056"]
    assert refused(removal.there) == ["GT-DB-054"]
    removal.here().close()


def test_a_book_with_a_fault_is_not_moved(removal: Removal) -> None:
    with closing(removal.here()) as store, store._database.writing as cursor:
        cursor.execute("DROP TRIGGER events_no_update")
        cursor.execute(
            "UPDATE events SET body = CAST(replace(body, 'clerk', 'clark') AS BLOB) WHERE position = 7"
        )
    assert refused(removal.move) == ["GT-DB-058"]
    removal.here().close()
