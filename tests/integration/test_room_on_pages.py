"""In PostgreSQL a day of many deadlines changes the matters where they lie: their indexes are not written anew."""

from __future__ import annotations

from contextlib import closing

import psycopg
from psycopg import sql

from adapters.sql import SqlStore, open_postgres
from engine.views import VIEWS
from tests import postgres
from tests.campaigns.packs import example

from .many_deadlines import FELL_DUE, OPENED, council_waiting

MATTERS = 150
_PAGES = sql.SQL("SELECT indicator, service, (ctid::text::point)[0]::int FROM {}.matters")


def pages(schema: str) -> dict[tuple[str, str], int]:
    """Matter → the page of the table that its row lies on."""
    with psycopg.connect(postgres.server(), autocommit=True) as connection:
        rows = connection.execute(_PAGES.format(sql.Identifier(schema))).fetchall()
    return {(indicator, service): page for indicator, service, page in rows}


def test_matters_whose_deadlines_go_by_on_one_day_stay_on_their_pages() -> None:
    schema = postgres.schema()
    store: SqlStore
    with closing(open_postgres(postgres.server(), schema, VIEWS, create=True)) as store:
        council = council_waiting(example(), OPENED, MATTERS, store)
        before = pages(schema)
        council.at(FELL_DUE)
        assert council.tick().fired == MATTERS
        after = pages(schema)
    assert len(before) == MATTERS
    assert sum(before[matter] == page for matter, page in after.items()) > MATTERS * 0.8
