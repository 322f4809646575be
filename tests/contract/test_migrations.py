"""A book of the first released schema is brought to this version whole or not at all, and nothing in it changes."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from adapters.sql import SqlStore
from adapters.sql.migrations.steps import head, steps_after
from adapters.sql.schema import VERSION
from engine.audit.verify import verify
from engine.upkeep import Upgrade
from engine.views import VIEWS
from events.errors import GoldenthreadError
from goldenthread.places import SchemaPlace
from tests.contract.homes import (
    INCIDENT,
    KINDS,
    Home,
    code,
    differences,
    facts,
    home,
    kept,
    tables_of,
    upgrade,
    version,
)


@pytest.fixture(params=KINDS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A book of the first released schema."""
    at = home(request.param, tmp_path)
    at.make_first_release()
    return at


# The versions -------------------------------------------------------------------------------------------------------


def test_the_version_that_opening_compares_with_is_the_newest_there_is_a_file_for() -> None:
    assert head() == VERSION


def test_versions_are_counted_from_one_and_each_says_what_it_brings() -> None:
    steps = steps_after(0)
    assert [step.version for step in steps] == [*range(1, VERSION + 1)]
    assert all(re.fullmatch(r"[A-Z].+\.", step.brings) for step in steps)
    assert steps_after(VERSION) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_book_made_new_and_one_brought_from_the_first_version_have_the_same_tables_indexes_and_triggers(
    kind: str, tmp_path: Path
) -> None:
    fresh, brought = home(kind, tmp_path, "fresh"), home(kind, tmp_path, "brought")
    fresh.place.create(VIEWS).close()
    brought.make_first_release()
    assert brought.shape() != fresh.shape()
    upgrade(brought)
    assert brought.shape() == fresh.shape()
    assert len(fresh.shape()) > 30


@pytest.mark.parametrize("kind", KINDS)
def test_both_give_the_same_answers(kind: str, tmp_path: Path) -> None:
    fresh, brought = home(kind, tmp_path, "fresh"), home(kind, tmp_path, "brought")
    fresh.place.create(VIEWS).close()
    for table, rows in facts().items():
        for row in rows:
            fresh.ask(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    brought.make_first_release()
    upgrade(brought)
    with (
        closing(fresh.place.open(VIEWS, write=True)) as one,
        closing(brought.place.open(VIEWS, write=True)) as other,
    ):
        one.rebuild(VIEWS)
        for store in (one, other):
            store.keep_incident(INCIDENT)
        assert answers(one) == answers(other)


def answers(store: SqlStore) -> list[Any]:
    facts = store.page(0, 1000)
    assert len(facts) == 30
    return [
        facts,
        store.head(),
        store.stored(0, 1000),
        store.commands("", 1000),
        store.streams({fact.stream: 0 for fact in facts}),
        store.find(correlation_id=facts[-1].correlation_id),
        store.position_at(facts[10].recorded_at),
        store.outbox(unsent_only=False),
        store.incidents(),
        [store.rows(view, order_by=view.key) for view in VIEWS],
        [store.rows(view, order_by=view.key, at=20) for view in VIEWS if view.ranged],
    ]


# A book of the first release ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [True, False])
def test_an_older_book_is_not_opened_and_the_way_out_is_named(old: Home, write: bool) -> None:
    before = old.shape(), kept(old)
    with pytest.raises(
        GoldenthreadError, match=f"version 1, and this program works with version {VERSION}"
    ) as refused:
        old.place.open(VIEWS, write=write)
    assert refused.value.problems[0].code == "GT-DB-030"
    assert "'goldenthread db migrate'" in refused.value.problems[0].fix
    assert (old.shape(), kept(old)) == before


def test_a_book_of_the_first_release_is_brought_here_with_every_fact_as_it_was(old: Home) -> None:
    before = kept(old)
    assert sum(map(len, before.values())) > 50
    done = upgrade(old)
    assert (done.found, done.known) == (1, VERSION)
    assert [step.version for step in done.steps] == STEPS
    assert version(old) == str(VERSION)
    assert kept(old) == before
    assert old.ask("SELECT count(*) FROM meta WHERE name = 'last_tick'") == [(1,)]
    assert differences(old) == ()
    with closing(old.place.open(VIEWS, write=False)) as store:
        assert verify(store, None, VIEWS).count == 0


def test_a_book_that_was_brought_here_is_written_on(old: Home, desk: Any) -> None:
    upgrade(old)
    with closing(old.place.open(VIEWS, write=True)) as store:
        position = store.head().position
        desk.now = desk.now.replace(year=2027)
        assert store.commit(desk.of(desk.added()))[0].position == position + 1
        store.keep_incident(INCIDENT)
        assert store.incidents() == [INCIDENT]
        assert store.differences(VIEWS) == []


def test_bringing_it_here_twice_does_nothing_the_second_time(old: Home) -> None:
    upgrade(old)
    before = old.shape(), kept(old)
    done = upgrade(old)
    assert not done.needed
    assert (old.shape(), kept(old)) == before


def test_a_dry_run_says_the_same_and_writes_nothing(old: Home) -> None:
    before = old.shape(), kept(old), old.ask("SELECT * FROM meta")
    said = upgrade(old, dry_run=True)
    assert (old.shape(), kept(old), old.ask("SELECT * FROM meta")) == before
    assert upgrade(old) == said


def test_a_program_that_had_the_book_open_before_writes_nothing_more(old: Home, desk: Any) -> None:
    """The row of the views, which every commit looks at, names the version of the tables."""
    [(views_then,)] = old.ask("SELECT value FROM meta WHERE name = 'views'")
    upgrade(old)
    [(views_now,)] = old.ask("SELECT value FROM meta WHERE name = 'views'")
    assert views_now != views_then
    with closing(old.place.open(VIEWS, write=True)) as store:
        later = views_now.replace(f'"(tables)":"{VERSION}"', f'"(tables)":"{VERSION + 1}"')
        assert later != views_now
        old.ask("UPDATE meta SET value = ? WHERE name = 'views'", (later,))
        assert code(lambda: store.commit(desk.of(desk.added()))) == "GT-DB-008"


# Half-way -----------------------------------------------------------------------------------------------------------


STEPS = [*range(2, VERSION + 1)]
POINTS = ("planned", "before steps", "after step 2", "after steps", "after views")


class Stop(Exception):
    """Something went wrong just then."""


@pytest.mark.parametrize("point", POINTS)
def test_an_upgrade_that_fails_half_way_leaves_the_book_as_it_was(old: Home, point: str) -> None:
    def stop(now: str) -> None:
        if now == point:
            raise Stop

    before = old.shape(), kept(old), sorted(old.ask("SELECT * FROM meta"))
    with closing(tables_of(old, stop)) as tables:
        with pytest.raises(Stop):
            tables.upgrade()
        assert (old.shape(), kept(old), sorted(old.ask("SELECT * FROM meta"))) == before
    assert [step.version for step in upgrade(old).steps] == STEPS
    assert differences(old) == ()


_CHILD = """
import os, signal, sys
from pathlib import Path
from goldenthread.__main__ import Program
from goldenthread.places import FilePlace, SchemaPlace
from tests.contract.homes import File, Schema, tables_of
point, *where = sys.argv[1:]
at = Schema(SchemaPlace(*where)) if len(where) == 2 else File(Path(*where))
tables_of(at, lambda now: os.kill(os.getpid(), signal.SIGKILL) if now == point else None).upgrade()
"""


def killed_at(at: Home, point: str) -> None:
    where = [at.place.url, at.place.schema] if isinstance(at.place, SchemaPlace) else [at.place.shown]
    child = subprocess.run(
        [sys.executable, "-c", _CHILD, point, *where], capture_output=True, text=True, timeout=60, check=False
    )
    assert child.returncode == -signal.SIGKILL, child.stderr


@pytest.mark.parametrize("point", ["after step 2", "after views"])
def test_an_upgrade_that_is_killed_leaves_the_old_version(old: Home, point: str) -> None:
    before = old.shape(), kept(old)
    killed_at(old, point)
    assert version(old) == "1"
    assert (old.shape(), kept(old)) == before
    assert upgrade(old).found == 1
    assert differences(old) == ()


def test_an_upgrade_that_is_killed_after_it_was_committed_has_been_done(old: Home) -> None:
    killed_at(old, "after commit")
    assert not upgrade(old).needed
    assert differences(old) == ()


def test_of_two_programs_that_upgrade_at_once_one_does_it_and_the_other_finds_it_done(old: Home) -> None:
    both_planned = threading.Event()
    found: list[Upgrade] = []

    def second() -> None:
        with closing(tables_of(old, lambda now: both_planned.set() if now == "planned" else None)) as tables:
            found.append(tables.upgrade())

    other = threading.Thread(target=second)

    def wait(now: str) -> None:
        if now == "before steps":
            other.start()  # it plans, and waits for the append lock, which is held here
            assert both_planned.wait(30)

    with closing(tables_of(old, wait)) as tables:
        assert [step.version for step in tables.upgrade().steps] == STEPS
    other.join(30)
    assert [done.needed for done in found] == [False]
    assert differences(old) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_that_somebody_else_made_stands_in_the_way_and_nothing_is_changed(
    kind: str, tmp_path: Path
) -> None:
    at = home(kind, tmp_path)
    at.make_first_release()
    at.ask("CREATE TABLE incidents (mine TEXT)")
    before = at.shape(), kept(at)
    with pytest.raises(GoldenthreadError, match=r"incidents.* already exists"):
        upgrade(at)
    assert (at.shape(), kept(at), version(at)) == (*before, "1")
