"""A book in PostgreSQL of which tables are gone is told as damaged, never as no book."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import psycopg
import pytest

from adapters.sql import open_postgres
from adapters.sql.postgres.opening import ALWAYS
from events.errors import Broken, NotFound
from tests import postgres
from tests.contract.conftest import Desk
from tests.contract.meetings import VIEWS


@pytest.fixture
def schema(desk: Desk) -> str:
    """A book with an event."""
    name = postgres.schema()
    with closing(open_postgres(postgres.server(), name, VIEWS, create=True)) as store:
        store.commit(desk.of(desk.added()))
    return name


def execute(sql: str) -> None:
    with psycopg.connect(postgres.server(), autocommit=True) as connection:
        connection.execute(sql.encode())


def opened(schema: str, *, read_only: bool = False) -> Any:
    return closing(open_postgres(postgres.server(), schema, VIEWS, create=False, read_only=read_only))


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("table", ALWAYS)
@pytest.mark.parametrize(
    "deed", ['DROP TABLE "{schema}".{table} CASCADE', 'ALTER TABLE "{schema}".{table} RENAME TO other']
)
def test_a_table_that_is_gone_is_named(schema: str, table: str, deed: str, read_only: bool) -> None:
    execute(deed.format(schema=schema, table=table))
    with pytest.raises(Broken, match=f"is damaged: the table {table} is not there any more") as told:
        opened(schema, read_only=read_only)
    assert told.value.problems[0].code == "GT-DB-222"


def test_several_are_named_together(schema: str) -> None:
    execute(f'DROP TABLE "{schema}".texts, "{schema}".outbox')
    with pytest.raises(Broken, match="the tables texts, outbox are not there any more"):
        opened(schema)


def test_a_schema_that_holds_something_else_is_no_book() -> None:
    name = postgres.schema()
    execute(f'CREATE SCHEMA "{name}"')
    execute(f'CREATE TABLE "{name}".events (n int); CREATE TABLE "{name}".meta (n int)')
    with pytest.raises(NotFound):
        opened(name)


def test_a_whole_book_is_opened(schema: str) -> None:
    with opened(schema) as store:
        assert store.head().position == 1
