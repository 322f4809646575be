"""The line to PostgreSQL: what goes down it together stands or falls together, and nothing is mistaken for an answer."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from adapters.sql import SqlStore, open_postgres
from adapters.sql.postgres import line as the_line
from adapters.sql.postgres.connection import PostgresDatabase
from events.errors import Broken
from tests import postgres
from tests.contract.conftest import Desk
from tests.contract.meetings import VIEWS

BLOB = "INSERT INTO blobs (digest, content) VALUES (%s, %s)"


@pytest.fixture
def schema() -> str:
    return postgres.schema()


@pytest.fixture
def store(schema: str) -> Iterator[SqlStore]:
    with closing(open_postgres(postgres.server(), schema, VIEWS, create=True)) as opened:
        yield opened


def database(store: SqlStore) -> PostgresDatabase:
    found = store._database
    assert isinstance(found, PostgresDatabase)
    return found


def test_a_commit_that_goes_down_the_line_with_a_write_that_fails_leaves_nothing(store: SqlStore) -> None:
    def commit() -> None:
        with database(store).committing as cursor:
            cursor.line.send(BLOB, ("d", b"x"))
            cursor.line.send("SELECT 1 / 0")
            cursor.line.send(BLOB, ("e", b"x"))

    with pytest.raises(Broken, match="division by zero"):
        commit()
    assert (store.blob("d"), store.blob("e")) == (None, None)
    with database(store).committing as cursor:
        cursor.line.send(BLOB, ("d", b"x"))
    assert store.blob("d") == b"x"


def test_a_mistake_between_the_turns_of_a_commit_leaves_nothing_of_what_was_sent(store: SqlStore) -> None:
    def commit() -> None:
        with database(store).committing as cursor:
            cursor.line.send(BLOB, ("d", b"x"))
            cursor.line.push()
            raise LookupError

    with pytest.raises(LookupError):
        commit()
    assert store.blob("d") is None


def test_a_question_sent_with_the_lock_sees_what_was_committed_while_it_was_waited_for(
    schema: str, store: SqlStore
) -> None:
    other = open_postgres(postgres.server(), schema, VIEWS, create=False)
    with closing(other), database(other).committing as later:
        with database(store).writing as sooner:
            later.line.send("SELECT content FROM blobs")
            later.line.push()  # after BEGIN and the lock, which the other has
            sooner.execute(BLOB, ("d", b"x"))
        assert later.line.rows(later.line.answers()[-1]) == [(b"x",)]


def test_a_statement_is_prepared_anew_when_tables_have_changed(store: SqlStore) -> None:
    with database(store).reading as cursor:
        cursor.execute("CREATE TEMPORARY TABLE odds (one text)")
        cursor.execute("INSERT INTO odds VALUES (%s)", ("a",))
        cursor.execute("SELECT * FROM odds")
        assert cursor.fetchall() == [("a",)]
        cursor.execute("ALTER TABLE odds ADD COLUMN two bigint")
        cursor.execute("SELECT * FROM odds")
        assert cursor.fetchall() == [("a", None)]


def test_a_statement_that_could_not_be_prepared_is_prepared_the_next_time(store: SqlStore) -> None:
    asked = "SELECT one FROM odds"
    with pytest.raises(Broken), database(store).reading as cursor:
        cursor.execute(asked)
    with database(store).reading as cursor:
        cursor.execute("CREATE TEMPORARY TABLE odds (one text)")
        cursor.execute(asked)
        assert cursor.fetchall() == []


def test_a_value_that_cannot_be_sent_leaves_the_line_free(store: SqlStore) -> None:
    with database(store).reading as cursor:
        with pytest.raises(psycopg.DataError):
            cursor.execute("SELECT %s::text", ("a\0b",))
        assert cursor.connection.execute("SELECT 1").fetchone() == (1,)


def test_more_statements_than_stay_prepared_are_forgotten_in_time(
    store: SqlStore, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(the_line, "MOST", 2)
    for _ in range(5):
        store.commit(desk.of(desk.added()))
        store.head()
    with database(store).reading as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        (count,) = cursor.fetchone() or (0,)
    assert count <= 12
    assert store.head().position == 5


def test_signs_that_mean_something_to_the_driver_are_plain_in_a_statement(store: SqlStore) -> None:
    with database(store).reading as cursor:
        cursor.execute("SELECT '%%s' || %s::text || '%%'", ("%s $1",))
        assert cursor.fetchone() == ("%s%s $1%",)
        cursor.execute("SELECT '%'")
        assert cursor.fetchone() == ("%",)


def test_whoever_is_interrupted_while_they_wait_for_the_lock_has_written_nothing(
    schema: str, store: SqlStore, desk: Desk
) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    def interrupted() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        store.commit(desk.of(desk.added()))

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with closing(open_postgres(postgres.server(), schema, VIEWS, create=False)) as other:
            with database(other).writing, pytest.raises(KeyboardInterrupt):
                interrupted()
            assert store.head().position == 0
            other.commit(desk.of(desk.added()))
            store.commit(desk.of(desk.added()))
            assert store.head().position == 2
    finally:
        signal.signal(signal.SIGALRM, before)
