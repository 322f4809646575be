"""Nothing that a commit, a reader or a tick asks of PostgreSQL makes it read a whole table.

Tables may have grown since the server last counted what is in them, or never have been counted; and a statement that
is asked again and again is planned once for all its parameters. Counted are the scans that the server has really made.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from adapters.sql import SqlStore, open_postgres
from adapters.sql.statements import ByKeys, array
from engine.ports import Notice
from events.errors import Broken
from events.text import Text
from tests import postgres
from tests.contract.conftest import Desk
from tests.contract.meetings import AGENDA, MEETINGS, VIEWS

BODIES = 4_000
"""A smaller table is rightly read whole: that takes fewer pages than an index."""
AGAIN = 12
"""Oftener than the driver and the server need to settle on one plan."""
NOTICE = Notice(to="clerk", kind="added", subject="meetings", words="A meeting was added.")
TABLES = ("events", "commands", "meetings_of", "agenda", "texts", "outbox")


@pytest.fixture
def schema() -> str:
    return postgres.schema()


@pytest.fixture
def store(schema: str) -> Iterator[SqlStore]:
    with closing(open_postgres(postgres.server(), schema, VIEWS, create=True)) as opened:
        yield opened


def fill(store: SqlStore, desk: Desk) -> None:
    for start in range(0, BODIES, 500):
        bodies = [f"body {number}" for number in range(start, start + 500)]
        texts = [Text(b"n" * 16, body) for body in bodies]
        parts = [
            desk.part(desk.added(body, day=1 + number % 28), stream=f"s/{body}", notices=[(0, NOTICE)])
            for number, body in enumerate(bodies)
        ]
        store.commit(desk.unit(*parts, texts=texts))


def use(store: SqlStore, desk: Desk) -> None:
    """What a worker does all day, small and large."""
    for turn in range(AGAIN):
        for size in (1, 3, 40):
            bodies = [f"body {(turn * 40 + number) % BODIES}" for number in range(size)]
            read = {stream: facts[-1].version for stream, facts in _read(store, bodies).items()}
            parts = [desk.part(desk.added(body), stream=f"s/{body}") for body in bodies]
            assert store.known([part.command_id for part in parts]) == {}
            store.commit(desk.unit(*parts, read=read))
            assert store.command(parts[0].command_id) is not None
        assert store.row(MEETINGS, ("body 7",)) is not None
        assert store.page(turn, 100)
        store.rows(MEETINGS, below={"last": "2026-05-01~"}, order_by=("last",), limit=100)
        assert store.find(
            stream_prefix=f"s/body {1000 + turn}", types=["meeting.added"], newest=True, limit=2
        )
        store.rows(AGENDA, {"body": ["body 1", "body 2"]})
        assert len(store.latest(AGENDA, 2)) == 56
        assert len(store.latest(AGENDA, 1, below={"body": "body 2"})) == 28
        assert len(store.latest(MEETINGS, 3, at=BODIES // 2)) == 3
        assert store.texts([Text(b"n" * 16, f"body {turn}").ref])
        store.head()


def _read(store: SqlStore, bodies: list[str]) -> dict[str, Any]:
    return store.streams({f"s/{body}": 0 for body in bodies})


def scans(store: SqlStore, schema: str) -> Counter[str]:
    """How often each table was read from one end to the other so far."""
    with store._database.reading as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
    with psycopg.connect(postgres.server(), autocommit=True) as connection:
        asked = "SELECT relname, seq_scan FROM pg_stat_user_tables WHERE schemaname = %s"
        return Counter(dict(connection.execute(asked, (schema,)).fetchall()))


@pytest.mark.parametrize("counted", [False, True], ids=["never counted", "counted"])
def test_a_worker_reads_no_table_from_end_to_end(
    store: SqlStore, schema: str, desk: Desk, counted: bool
) -> None:
    fill(store, desk)
    if counted:
        with store._database.reading as cursor:
            cursor.execute("ANALYZE")
    before = scans(store, schema)
    use(store, desk)
    found = scans(store, schema) - before
    assert {table: found[table] for table in TABLES if found[table]} == {}


def test_the_count_would_show_it(store: SqlStore, schema: str, desk: Desk) -> None:
    fill(store, desk)
    before = scans(store, schema)
    with store._database.reading as cursor:
        cursor.execute("SELECT count(*) FROM events WHERE actor = 'nobody at all'")
    assert (scans(store, schema) - before)["events"] == 1


def test_keys_are_looked_up_each_by_itself_also_where_one_plan_serves_for_all(
    store: SqlStore, desk: Desk
) -> None:
    fill(store, desk)
    asked = ByKeys("c.*", "commands c", "c.command_id = k.column1", (str,), store._database.dialect)
    (question,) = asked.questions([("a",), ("b",)])
    with store._database.writing as cursor:  # where plans serve for all
        cursor.execute(f"EXPLAIN {question.sql}", question.parameters)
        plan = [row[0] for row in cursor.fetchall()]
    assert any("Index Scan using commands_pkey" in line for line in plan), plan
    assert not any("Seq Scan" in line or "Hash" in line for line in plan), plan


def test_a_commit_takes_two_turns_however_many_views_it_bears_on(
    store: SqlStore, schema: str, desk: Desk, tmp_path: Path
) -> None:
    for _ in range(10):
        store.commit(desk.of(desk.added()))  # statements are prepared
    bare = open_postgres(postgres.server(), postgres.schema(), [], create=True)
    with closing(bare):
        for _ in range(10):
            bare.commit(desk.of(desk.added()))
        assert turns(bare, desk, tmp_path / "bare") == 2
    assert turns(store, desk, tmp_path / "views") == 2


def turns(store: SqlStore, desk: Desk, file: Path) -> int:
    """How often the program stops talking and waits for the server, in one commit."""
    connection = store._database.open_connection()  # type: ignore[attr-defined]  # PostgreSQL's
    with file.open("wb") as trace:
        connection.pgconn.trace(trace.fileno())
        store.commit(desk.of(desk.added()))
        connection.pgconn.untrace()
    ways = [line.split(b"\t")[1] for line in file.read_bytes().splitlines()]
    return sum(way == b"F" and then == b"B" for way, then in itertools.pairwise(ways))


def test_views_that_another_program_has_dropped_stop_a_commit_before_they_are_asked(
    store: SqlStore, schema: str, desk: Desk
) -> None:
    store.commit(desk.of(desk.added()))
    open_postgres(postgres.server(), schema, [MEETINGS], create=False).close()
    with pytest.raises(Broken) as refused:
        store.commit(desk.of(desk.added()))
    assert [problem.code for problem in refused.value.problems] == ["GT-DB-008"]
    assert store.head().position == 1


@pytest.mark.parametrize(
    "values",
    [
        (),
        ("",),
        ("a",),
        ("a", None),
        (None,),
        ('"', "\\", "{,}", "NULL", "\t\n", "\U0001f9f5"),
        (1, None, -7),
    ],
)
def test_an_array_says_what_was_put_in(store: SqlStore, values: tuple[Any, ...]) -> None:
    kind = "bigint[]" if any(isinstance(value, int) for value in values) else "text[]"
    with store._database.reading as cursor:
        cursor.execute(f"SELECT * FROM unnest(%s::{kind})", (array(values),))
        assert tuple(row[0] for row in cursor.fetchall()) == values
