"""A PostgreSQL server that goes away, is busy, or is set up otherwise: a sentence, nothing lost, and on it goes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from adapters.sql import SqlStore, open_postgres
from engine.ports import CommandExists
from engine.view import View
from events.errors import Broken, GoldenthreadError, Invalid, Unavailable
from goldenthread.places import SchemaPlace
from tests import postgres


@pytest.fixture
def place() -> SchemaPlace:
    return SchemaPlace(postgres.server(), postgres.schema())


@pytest.fixture
def store(place: SchemaPlace, meetings: View) -> Iterator[SqlStore]:
    store = place.create([meetings])
    yield store
    store.close()


def code(error: pytest.ExceptionInfo[GoldenthreadError]) -> str:
    return error.value.problems[0].code


def cut_off(store: SqlStore) -> None:
    """End the store's session on the server, as a restart or a broken network does."""
    connection: psycopg.Connection[Any] = store._database.open_connection()  # type: ignore[attr-defined]  # PostgreSQL only
    with psycopg.connect(postgres.server(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (connection.info.backend_pid,))


def test_a_connection_that_broke_is_made_anew_by_the_next_question(store: SqlStore, desk: Any) -> None:
    store.commit(desk.of(desk.added()))
    cut_off(store)
    with pytest.raises(Unavailable) as broken:
        store.head()
    assert code(broken) == "GT-DB-026"
    assert store.head().position == 1
    store.commit(desk.of(desk.added()))
    assert store.head().position == 2


def test_whoever_was_cut_off_before_anything_was_to_be_recorded_is_told_so(
    place: SchemaPlace, store: SqlStore, meetings: View, desk: Any
) -> None:
    for write in (False, True):
        other = place.open([meetings], write=write)
        cut_off(other)
        with pytest.raises(Unavailable, match="nothing was being recorded") as broken:
            other.head()
        assert code(broken) == "GT-DB-243"
        other.close()
    store.commit(desk.of(desk.added()))
    cut_off(store)
    with pytest.raises(Unavailable, match="is not known") as broken:  # what was recorded may not be told yet
        store.head()
    assert code(broken) == "GT-DB-026"


@pytest.mark.parametrize("point", ["before append", "after append"])
def test_a_commit_that_was_cut_off_is_done_again_under_its_id(
    place: SchemaPlace, store: SqlStore, meetings: View, desk: Any, point: str
) -> None:
    def cut(reached: str) -> None:
        if reached == point:
            cut_off(frail)

    unit = desk.of(desk.added(), command_id="once")
    frail = open_postgres(place.url, place.schema, [meetings], create=False, failpoint=cut)
    with pytest.raises(Unavailable) as broken:
        frail.commit(unit)
    assert code(broken) == "GT-DB-026"
    assert store.head().position == 0
    point = ""
    frail.commit(unit)
    with pytest.raises(CommandExists):
        store.commit(unit)
    assert store.head().position == 1
    assert store.differences([meetings]) == []
    frail.close()


def test_a_writer_waits_for_another_and_then_says_so(place: SchemaPlace, store: SqlStore, desk: Any) -> None:
    impatient = open_postgres(place.url, place.schema, [], create=False, read_only=True, wait_seconds=0.05)
    impatient.close()
    impatient = open_postgres(place.url, place.schema, [desk_view(store)], create=False, wait_seconds=0.05)
    with store._database.writing, pytest.raises(Unavailable) as waited:
        impatient.commit(desk.of(desk.added()))
    assert code(waited) == "GT-DB-002"
    impatient.commit(desk.of(desk.added()))
    assert store.head().position == 1
    impatient.close()


def desk_view(store: SqlStore) -> View:
    return next(iter(store._views.kept.values())).view


def test_readers_never_wait_for_a_writer(place: SchemaPlace, store: SqlStore, desk: Any) -> None:
    store.commit(desk.of(desk.added()))
    reader = place.open([], write=False)
    with store._database.writing as cursor:
        cursor.execute("INSERT INTO blobs (digest, content) VALUES ('d', 'x')")
        assert reader.head().position == 1
        assert reader.blob("d") is None
    assert reader.blob("d") == b"x"
    reader.close()


def test_a_turn_ends_with_the_connection_of_whoever_had_it(place: SchemaPlace, store: SqlStore) -> None:
    other = place.open([], write=False)
    with store.alone("tick") as first, other.alone("tick") as second:
        assert (first, second) == (True, False)
        cut_off(store)
        with other.alone("tick") as third:
            assert third
    other.close()


def test_weak_promises_of_the_database_are_made_strong(place: SchemaPlace, store: SqlStore) -> None:
    url, name = postgres.new_database(f"weak_{os.getpid()}"), "kent"
    with psycopg.connect(url, autocommit=True) as connection:
        database = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit TO off").format(database))
        connection.execute(
            sql.SQL("ALTER DATABASE {} SET default_transaction_isolation TO serializable").format(database)
        )
    weak = open_postgres(url, name, [], create=True)
    with weak._database.writing as cursor:
        cursor.execute(
            "SELECT current_setting('synchronous_commit'), current_setting('transaction_isolation')"
        )
        assert cursor.fetchone() == ("on", "read committed")
    weak.close()


def test_a_database_in_another_encoding_is_refused() -> None:
    name = f"latin_{os.getpid()}"
    with psycopg.connect(postgres.server(), autocommit=True) as connection:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
        connection.execute(made.format(sql.Identifier(name)))
    url = postgres.with_database(postgres.server(), name)
    with pytest.raises(Broken) as refused:
        open_postgres(url, "kent", [], create=True)
    assert code(refused) == "GT-DB-007"
    with psycopg.connect(postgres.server(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def test_a_transaction_that_failed_half_way_is_never_taken_for_recorded(store: SqlStore) -> None:
    def careless() -> None:
        with store._database.writing as cursor:
            cursor.execute("INSERT INTO blobs (digest, content) VALUES ('d', 'x')")
            with suppress(psycopg.Error):
                cursor.execute("SELECT 1 / 0")

    with pytest.raises(Broken, match="had failed"):
        careless()
    assert store.blob("d") is None


def test_a_session_that_sleeps_inside_a_transaction_is_ended(store: SqlStore) -> None:
    with store._database.reading as cursor:
        cursor.execute("SELECT current_setting('idle_in_transaction_session_timeout')")
        assert cursor.fetchone() == ("5min",)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://db.example/figures?bogus=1", "does not know: 'bogus'."),
        ("postgresql://127.0.0.1:1/figures?sslmode=nonsense", 'invalid sslmode value: "nonsense"'),
        ("postgresql://127.0.0.1:1/figures?sslmode", 'missing key/value separator "="'),
        ("postgresql://me:secret@[::1]x/figures", "unexpected character"),
    ],
)
def test_a_wrong_option_is_told_as_one(url: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        open_postgres(url, "kent", [], create=False)
    assert code(refused) == "GT-DB-240"
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)


def test_what_does_not_answer_is_named_as_it_was_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGHOST", str(tmp_path))
    monkeypatch.setenv("PGPORT", "5499")
    with pytest.raises(Unavailable) as refused:
        open_postgres("postgresql:///figures", "kent", [], create=False)
    assert code(refused) == "GT-DB-023"
    assert f'does not answer on socket "{tmp_path}/.s.PGSQL.5499": No such file' in str(refused.value)
    assert "localhost" not in str(refused.value)


def test_a_password_is_never_shown(place: SchemaPlace) -> None:
    with pytest.raises(Unavailable) as refused:
        open_postgres("postgresql://me:secret@127.0.0.1:1/figures", "kent", [], create=False)
    assert "secret" not in str(refused.value)
    assert "secret" not in SchemaPlace("postgresql://me:secret@host/figures", "kent").shown


def test_what_the_role_says_of_encodings_changes_nothing(
    place: SchemaPlace, store: SqlStore, meetings: View, desk: Any
) -> None:
    name = f"latin-{place.schema}"
    with psycopg.connect(place.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN SUPERUSER").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("ALTER ROLE {} SET client_encoding TO LATIN1").format(sql.Identifier(name))
        )
        try:
            theirs = open_postgres(postgres.as_role(place.url, name), place.schema, [meetings], create=False)
            theirs.commit(desk.of(desk.added(), actor="日本"))
            theirs.close()
        finally:
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))
    assert [fact.actor for fact in store.page(0, 9)] == ["日本"]
