"""A commit in one turn with PostgreSQL writes what the long way writes, and nothing where the book is not as expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from adapters.sql import SqlStore, open_postgres
from adapters.sql.append import Commit
from adapters.sql.schema import LOG
from engine.ports import CommandExists, Notice, StaleRead, Unit
from engine.view import View
from events.codec import Body, encode, leaf
from events.errors import Broken, Unavailable
from events.text import Text
from tests import postgres
from tests.contract.conftest import Desk
from tests.contract.meetings import AGENDA, MEETINGS, OF_STREAMS

VIEWS = OF_STREAMS
"""No two streams share a row of theirs."""
TEXT = Text(b"0123456789abcdef", "Late because of the flood in Elm Street.")
ODD = 'Rât "recorded_at":"\\1'
"""A name that reads like the member of a fact that says when it was recorded."""
NOTICE = Notice(to="cabinet", kind="reminder", subject="meetings", words="28 days before")


def opened(views: tuple[View, ...] = VIEWS, failpoint: Callable[[str], None] | None = None) -> SqlStore:
    return open_postgres(postgres.server(), postgres.schema(), views, create=True, failpoint=failpoint)


def opened_for_the_long_way(failpoint: Callable[[str], None] | None = None) -> SqlStore:
    store = opened(failpoint=failpoint)
    store._outright = False
    return store


@pytest.fixture
def store(desk: Desk) -> Iterator[SqlStore]:
    """A book in which the cabinet has one meeting."""
    with closing(opened()) as book:
        book.commit(desk.of(desk.added(), read={"meetings": 0}))
        yield book


def outright(store: SqlStore, unit: Unit) -> bool:
    """Whether it was written in one turn."""
    return Commit(store._append, unit).outright(store._database) is not None


def everything(store: SqlStore) -> dict[str, list[Any]]:
    """Every row of the book."""
    names = [table.name for table in LOG.sorted_tables if table.name != "meta"]
    for view in store._views.kept.values():
        names += [table.name for table in view.shape.tables]
    found = {}
    for name in names:
        with store._database.reading as cursor:
            cursor.execute(f"SELECT t::text FROM {name} t ORDER BY 1")
            found[name] = cursor.fetchall()
    return found


def life(desk: Desk) -> Iterator[Unit]:
    """Commands that begin rows of a view, change them, end them and leave them as they are, and write beside the log; each fifth
    under a clock that goes behind the one before."""
    read = {"meetings": 0, ODD: 0, "nothing": 0}
    for number in range(24):
        body, stream = ("cabinet", ODD)[number % 2], ("meetings", ODD)[number % 3 == 0]
        added, ended = desk.added(body, number + 1), desk.cancelled(body, number + 1)
        events = ([added], [ended], [added, added, ended], [added, ended])[number % 4]
        notices = [(len(events) - 1, NOTICE)] if number % 5 == 0 else []
        part = desk.part(*events, stream=stream, notices=notices)
        yield desk.unit(part, read=dict(read), texts=[TEXT] if number % 7 == 0 else [])
        read[stream] += len(events)
        desk.wait(timedelta(seconds=(0, 2, 3, -4, 4)[number % 5]))


def test_one_turn_writes_what_the_long_way_writes() -> None:
    with closing(opened()) as short, closing(opened_for_the_long_way()) as long:
        answers = [[store.commit(unit) for unit in life(Desk())] for store in (short, long)]
        assert answers[0] == answers[1]
        assert everything(short) == everything(long)
        assert short.differences(VIEWS) == []
        assert len({fact.recorded_at for fact in short.page(0, 100)}) > 5


def test_every_command_takes_one_turn() -> None:
    with closing(opened()) as store:
        assert all(outright(store, unit) for unit in life(Desk()))


@pytest.mark.parametrize(
    ("way", "places"),
    [
        (opened, ["before append", "in flight", "after commit"]),
        (opened_for_the_long_way, ["before append", "after append", "after commit"]),
    ],
)
def test_whoever_watches_a_commit_sees_where_it_is(
    way: Callable[..., SqlStore], places: list[str], desk: Desk
) -> None:
    seen: list[str] = []
    with closing(way(failpoint=seen.append)) as store:
        store.commit(desk.of(desk.added(), read={"meetings": 0}))
        seen.clear()
        store.commit(desk.of(desk.added(), read={"meetings": 1}))
        assert seen == places


def test_a_turn_that_is_cut_off_in_flight_is_done_again_under_its_id(desk: Desk) -> None:
    """It waits for the lock that somebody else holds, and its own process of the server is ended meanwhile."""
    with psycopg.connect(postgres.server(), autocommit=True) as other, ExitStack() as stack:

        def hold(place: str) -> None:
            store_database: Any = frail._database
            if place == "before append":
                other.execute("SELECT pg_advisory_lock(%s)", (store_database.lock_key("append"),))
            elif place == "in flight":
                pid = store_database.open_connection().info.backend_pid
                other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))

        frail = stack.enter_context(closing(opened()))
        frail.commit(desk.of(desk.added(), read={"meetings": 0}))
        unit = desk.of(desk.added(), command_id="once", read={"meetings": 1})
        frail._failpoint = hold
        with pytest.raises(Unavailable, match="whether the last thing was recorded is not known"):
            frail.commit(unit)
        frail._failpoint = None
        other.execute("SELECT pg_advisory_unlock_all()")
        assert frail.head().position == 1
        assert outright(frail, unit)
        assert frail.head().position == 2


def test_it_is_answered_with_its_places(store: SqlStore, desk: Desk) -> None:
    facts = store.commit(desk.of(desk.added(), desk.added(), read={"meetings": 1}))
    assert [(fact.position, fact.version) for fact in facts] == [(2, 2), (3, 3)]
    assert store.page(0, 10)[1:] == facts


def taken(desk: Desk, store: SqlStore) -> Unit:
    known = store.page(0, 1)[0].command_id
    return desk.unit(desk.part(desk.added(), command_id=known), read={"meetings": 1})


def early(desk: Desk, store: SqlStore) -> Unit:
    desk.wait(timedelta(minutes=-5, microseconds=-1))
    return desk.of(desk.added(), read={"meetings": 1})


def two(desk: Desk, store: SqlStore) -> Unit:
    return desk.unit(desk.part(desk.added()), desk.part(desk.added()), read={"meetings": 1})


UNEXPECTED: dict[str, Callable[[Desk, SqlStore], Unit]] = {
    "a stream has grown": lambda desk, _: desk.of(desk.added(), read={"meetings": 0}),
    "a stream is shorter": lambda desk, _: desk.of(desk.added(), read={"meetings": 2}),
    "a stream that is only read has grown": lambda desk, _: desk.of(
        desk.added(), read={"meetings": 0, "others": 0}, stream="others"
    ),
    "a stream is written unread": lambda desk, _: desk.of(desk.added(), stream="others"),
    "the command is known": taken,
    "the log ends much later than now": early,
    "the log must rest": lambda desk, _: desk.unit(desk.part(desk.added()), read={"meetings": 1}, unmoved=1),
    "there are two commands": two,
    "there are no facts": lambda desk, _: desk.unit(desk.part(), read={"meetings": 1}),
    "there are very many facts": lambda desk, _: desk.of(*[desk.added()] * 201, read={"meetings": 1}),
}


SILENT = [words for words in UNEXPECTED if words != "the command is known"]
"""What the server finds out without an error: a command that is known meets its own key."""


@pytest.mark.parametrize("words", SILENT)
def test_the_server_notes_no_error_where(words: str, store: SqlStore, desk: Desk) -> None:
    unit, heard = UNEXPECTED[words](desk, store), []
    line: Any = store._database.open_line()  # type: ignore[attr-defined]  # a PostgreSQL book
    answers = line.answers

    def listening() -> list[Any]:
        came: list[Any] = answers()
        heard.extend(answer.error_message for answer in came)
        return came

    line.answers = listening
    assert not outright(store, unit)
    assert not any(heard)


@pytest.mark.parametrize("words", UNEXPECTED)
def test_nothing_is_written_in_one_turn_where(words: str, store: SqlStore, desk: Desk) -> None:
    unit, before = UNEXPECTED[words](desk, store), everything(store)
    assert not outright(store, unit)
    assert everything(store) == before


def test_nothing_is_written_in_one_turn_where_the_views_are_others(store: SqlStore, desk: Desk) -> None:
    store.set_meta("views", "of another version")
    unit, before = desk.of(desk.added(), read={"meetings": 1}), everything(store)
    assert not outright(store, unit)
    assert everything(store) == before
    with pytest.raises(Broken, match="Another goldenthread"):
        store.commit(unit)


def test_whoever_is_overtaken_on_a_stream_after_reading_its_rows_is_told_so(
    store: SqlStore, desk: Desk
) -> None:
    class Overtaken(Commit):
        def _read_ahead(self, database: Any) -> None:
            super()._read_ahead(database)
            store.commit(desk.of(desk.added(), read={"meetings": 1}))

    unit = desk.of(desk.added(), read={"meetings": 1})
    assert Overtaken(store._append, unit).outright(store._database) is None
    with pytest.raises(StaleRead):
        store.commit(unit)
    assert store.differences(VIEWS) == []


@pytest.mark.parametrize("later", [timedelta(microseconds=1), timedelta(seconds=5), timedelta(minutes=5)])
def test_whoever_is_overtaken_by_a_later_clock_takes_its_time_over(
    store: SqlStore, desk: Desk, later: timedelta
) -> None:
    units = [
        desk.of(desk.added(ODD), desk.added(), read={"meetings": 1}),
        desk.of(desk.added(), read={"meetings": 3}),
    ]
    desk.wait(later)
    store.commit(desk.of(desk.added(), stream="others", read={"others": 0}))
    for unit in units:
        (facts,) = Commit(store._append, unit).outright(store._database) or ()
        assert {fact.recorded_at for fact in facts} == {desk.at()}
        assert store.page(facts[0].position - 1, 10) == facts
    assert [leaf(row.body) for row in store.stored(0, 10)] == [row.leaf for row in store.stored(0, 10)]
    assert [encode(fact) for fact in store.page(0, 10)] == [row.body for row in store.stored(0, 10)]
    assert store.differences(VIEWS) == []


def test_writers_that_change_the_same_rows_from_streams_of_their_own_lose_nothing() -> None:
    """Each goes on from its own stream, and all change the rows of two bodies."""
    writers, commands = 4, 40
    with ExitStack() as open_books:
        first = open_books.enter_context(closing(opened((MEETINGS,))))
        schema = first._database.schema  # type: ignore[attr-defined]  # a PostgreSQL book
        url = postgres.server()
        others = [open_postgres(url, schema, (MEETINGS,), create=False) for _ in range(writers - 1)]
        stores = [first, *(open_books.enter_context(closing(other)) for other in others)]

        def write(number: int) -> None:
            desk = Desk()
            for version in range(commands):
                event = desk.added(("cabinet", "scrutiny")[version % 2])
                part = desk.part(event, stream=f"of {number}", command_id=f"C{number}-{version}")
                stores[number].commit(desk.unit(part, read={f"of {number}": version}))

        with ThreadPoolExecutor(writers) as pool:
            list(pool.map(write, range(writers)))
        assert [fact.position for fact in first.page(0, 1000)] == list(range(1, writers * commands + 1))
        assert sum(int(row["count"] or 0) for row in first.rows(MEETINGS)) == writers * commands
        assert first.differences((MEETINGS,)) == []


@pytest.mark.parametrize("view", [MEETINGS, AGENDA])
def test_what_bears_on_rows_that_streams_share_takes_the_long_way(view: View, desk: Desk) -> None:
    with closing(opened((*VIEWS, view))) as store:
        unit = desk.of(desk.added(), read={"meetings": 0})
        assert not outright(store, unit)
        store.commit(unit)
        assert store.differences((*VIEWS, view)) == []


def test_whoever_was_slower_is_told_why(store: SqlStore, desk: Desk) -> None:
    known = store.page(0, 1)[0].command_id
    with pytest.raises(CommandExists):
        store.commit(desk.unit(desk.part(desk.added(), command_id=known), read={"meetings": 1}))
    with pytest.raises(StaleRead) as stale:
        store.commit(desk.of(desk.added(), read={"meetings": 0}))
    assert stale.value.grown == {"meetings": (0, 1)}


def test_a_commit_after_one_that_was_slower_counts_from_where_the_log_ends(
    store: SqlStore, desk: Desk
) -> None:
    for _ in range(3):
        assert not outright(store, desk.of(desk.added(), read={"meetings": 0}))
    (fact,) = store.commit(desk.of(desk.added(), read={"meetings": 1}))
    assert fact.position == 2
    with psycopg.connect(postgres.server(), autocommit=True) as connection:
        schema = store._database.schema  # type: ignore[attr-defined]  # a PostgreSQL book
        found = connection.execute(
            f'SELECT count(*), max(position) FROM "{schema}".events'.encode()
        ).fetchone()
    assert found == (2, 2)


def test_the_time_is_the_last_member_of_its_name_in_a_body() -> None:
    """What stands after it is a number, or a name of the product's own: so the server finds it."""
    names = Body.__struct_fields__
    assert names[names.index("recorded_at") + 1 :] == ("schema", "stream", "type", "version")
    assert list(names) == sorted(names)
