"""A unit that read many streams while the log ended where it still ends: nothing is compared then, and nothing is missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from adapters.sql import SqlStore
from engine.ports import CommandExists, Head, StaleRead, Unit
from engine.view import Key, Values
from events.errors import Unavailable
from tests.contract.conftest import STORES, Desk
from tests.contract.meetings import OF_STREAMS

MANY = 80
MEETINGS = OF_STREAMS[0].name
STREAMS = [f"meetings/{number:03d}" for number in range(MANY)]


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path, desk: Desk) -> Iterator[SqlStore]:
    """A book in which each of many bodies has a meeting."""
    opened: Any = STORES[request.param](tmp_path, OF_STREAMS)
    with closing(opened) as book:
        book.commit(added(desk, 0))
        yield book


def added(desk: Desk, version: int, day: int = 1, **about: Any) -> Unit:
    """A meeting more of each."""
    parts = [desk.part(desk.added(day=day), stream=stream) for stream in STREAMS]
    return replace(desk.unit(*parts, read=dict.fromkeys(STREAMS, version)), **about)


def standing(store: SqlStore) -> Mapping[str, Mapping[Key, Values]]:
    """Every row of the view that keeps history, as whoever is in step has read it."""
    rows = [tuple(row.values()) for row in store.rows(OF_STREAMS[0])]
    return {MEETINGS: {(str(row[0]), str(row[1])): row for row in rows}}


def asked(store: SqlStore, unit: Unit) -> list[str]:
    """What a commit asks before it writes."""
    import adapters.sql.append as appending

    said: list[str] = []
    ask = appending.ask_all

    def listening(cursor: Any, dialect: Any, questions: Any) -> Any:
        said.extend(question.sql for question in questions)
        return ask(cursor, dialect, questions)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(appending, "ask_all", listening)
        store.commit(unit)
    return said


def test_where_the_log_ends_as_it_did_no_stream_and_no_known_row_is_asked_for(
    store: SqlStore, desk: Desk
) -> None:
    said = asked(store, added(desk, 1, read_at=store.head(), standing=standing(store)))
    assert not any("'stream'" in sql or f"{MEETINGS} v" in sql for sql in said)
    assert {row["count"] for row in store.rows(OF_STREAMS[0])} == {2}
    assert store.differences(OF_STREAMS) == []


def test_without_it_they_are(store: SqlStore, desk: Desk) -> None:
    said = asked(store, added(desk, 1))
    assert any("'stream'" in sql for sql in said)
    assert any(MEETINGS in sql for sql in said)


def test_where_it_went_on_they_are_too(store: SqlStore, desk: Desk) -> None:
    unit = added(desk, 1, read_at=store.head(), standing=standing(store))
    store.commit(desk.of(desk.added("scrutiny"), stream="others"))
    said = asked(store, unit)
    assert any("'stream'" in sql for sql in said)
    assert [fact.position for fact in store.page(MANY + 1, MANY)] == [*range(MANY + 2, 2 * MANY + 2)]
    assert store.differences(OF_STREAMS) == []


def test_where_another_log_ends_as_far_they_are_too(store: SqlStore, desk: Desk) -> None:
    """As after a server that had fallen behind took the place of another."""
    desk.wait(timedelta(seconds=-1))
    elsewhere = Head(MANY, desk.at())
    desk.wait(timedelta(seconds=1))
    unit = added(desk, 2, read_at=elsewhere, standing=standing(store))
    with pytest.raises(StaleRead):
        store.commit(unit)
    assert store.head().position == MANY


def test_what_another_try_would_not_mend_is_not_tried_again(store: SqlStore, desk: Desk) -> None:
    tries: list[str] = []

    def broken(place: str) -> None:
        tries.append(place)
        raise Unavailable.of("GT-DB-005", "The disk is full.")

    store._failpoint = broken
    with pytest.raises(Unavailable):
        store.commit(added(desk, 1, read_at=store.head(), standing=standing(store)))
    assert tries == ["before append"]


@pytest.mark.parametrize("stream", [STREAMS[0], STREAMS[-1]])
def test_what_was_decided_on_what_has_changed_is_refused(store: SqlStore, desk: Desk, stream: str) -> None:
    unit = added(desk, 1, read_at=store.head(), standing=standing(store))
    store.commit(desk.of(desk.cancelled(), stream=stream, read={stream: 1}))
    with pytest.raises(StaleRead) as stale:
        store.commit(unit)
    assert stale.value.grown == {stream: (1, 2)}
    assert store.head().position == MANY + 1


def test_a_row_that_was_known_wrongly_by_then_is_read_again(store: SqlStore, desk: Desk) -> None:
    """The rows of a unit count for nothing where the log went on, whatever they say."""
    wrong = {MEETINGS: {key: (*row[:2], 70, row[3]) for key, row in standing(store)[MEETINGS].items()}}
    unit = added(desk, 1, read_at=store.head(), standing=wrong)
    store.commit(desk.of(desk.added("scrutiny"), stream="others"))
    store.commit(unit)
    assert {row["count"] for row in store.rows(OF_STREAMS[0], {"body": "cabinet"})} == {2}


def test_a_command_of_no_facts_that_came_in_twice_is_found_out(store: SqlStore, desk: Desk) -> None:
    """It does not move the end of the log."""
    store.commit(desk.unit(desk.part(command_id="C-twice")))
    unit = added(desk, 1, read_at=store.head(), standing=standing(store))
    twice = replace(
        unit, parts=[*unit.parts, desk.part(desk.added(), stream=STREAMS[0], command_id="C-twice")]
    )
    with pytest.raises(CommandExists) as exists:
        store.commit(twice)
    assert exists.value.row.command_id == "C-twice"
    assert store.head().position == MANY
    store.commit(unit)
    assert store.head().position == 2 * MANY


@pytest.mark.parametrize("about", [lambda _: {}, lambda store: {"standing": standing(store)}])
def test_either_way_the_same_stands_in_the_book(
    store: SqlStore, desk: Desk, about: Callable[[SqlStore], dict[str, Any]]
) -> None:
    for version in range(1, 4):
        store.commit(added(desk, version, version, read_at=store.head(), **about(store)))
        assert store.differences(OF_STREAMS) == []
    rows = store.rows(OF_STREAMS[0], at=2 * MANY)
    assert {row["count"] for row in rows} == {2}
    assert len(rows) == MANY
