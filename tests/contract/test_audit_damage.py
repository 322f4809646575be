"""A damaged book is read as far as it goes: what cannot be read is named, and nothing ends in a traceback."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from adapters.sql import open_sqlite
from engine.audit.faults import KINDS, shown
from engine.audit.verify import verify
from engine.ports import CommandRow, Stored
from engine.testing import InMemoryStore
from engine.view import View
from events.codec import leaf
from events.errors import Broken, Unavailable
from tests.campaigns.flipped_bits import ask_verify
from tests.contract.test_audit import write_a_year

ANYTHING = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.text(max_size=20),
    st.binary(max_size=20),
)
COLUMNS = [name for name in Stored.__struct_fields__ if name != "position"]
MALFORMED = Broken.of("GT-DB-012", "The book is damaged: database disk image is malformed.")


def sorts(value: Any) -> tuple[int, Any]:
    """How SQLite orders whatever stands in a column: nothing, numbers, text, bytes."""
    if value is None or value != value:
        return 0, 0
    return ({int: 1, float: 1, str: 2, bytes: 3}[type(value)], value)


class Damaged(InMemoryStore):
    """A store in which some things cannot be read."""

    unreadable: Collection[int] = ()
    no_head = no_commands = no_streams = no_texts = False
    away = False

    def head(self) -> Any:
        if self.away:
            raise Unavailable.of("GT-DB-002", "The book is held by another program.")
        if self.no_head:
            raise MALFORMED
        return super().head()

    def stored(self, after: int, limit: int) -> list[Stored]:
        if any(position in self.unreadable for position in range(after + 1, after + limit + 1)):
            raise MALFORMED
        return super().stored(after, limit)

    def known(self, command_ids: Collection[str]) -> dict[str, CommandRow]:
        if self.no_commands and "C0003" in command_ids:
            raise MALFORMED
        return super().known(command_ids)

    def standing(self, after: tuple[str, int], limit: int) -> list[tuple[str, int, int]]:
        places = [(row.stream, row.version, row.position) for row in self._stored]
        places.sort(key=lambda place: [sorts(part) for part in place])
        above = ("", 0) if self.no_streams else after
        return [place for place in places if [*map(sorts, place[:2])] > [*map(sorts, above)]][:limit]

    def texts(self, refs: Collection[str]) -> Any:
        if self.no_texts:
            raise MALFORMED
        return super().texts(refs)


@pytest.fixture
def damaged(desk: Any) -> Damaged:
    store = Damaged()
    write_a_year(store, desk)
    assert verify(store).count == 0
    return store


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(0, 29), column=st.sampled_from(COLUMNS), value=ANYTHING)
@example(number=19, column="body", value=None)
@example(number=19, column="recorded_at", value=None)
@example(number=19, column="version", value="7")
@example(number=19, column="leaf", value=0)
def test_whatever_stands_in_a_column_is_named(damaged: Damaged, number: int, column: str, value: Any) -> None:
    row = damaged._stored[number]
    damaged._stored[number] = replace(row, **{column: value})
    try:
        found = verify(damaged)
    finally:
        damaged._stored[number] = row
    if value == getattr(row, column):
        return
    assert number + 1 in {fault.position for fault in found.faults}
    assert {fault.kind for fault in found.faults} <= set(KINDS)


SAID_OTHERWISE: Mapping[str, object] = {
    "actor": "mallory",
    "caused_by": "meetings@1",
    "command_id": "C0001",
    "correlation_id": "C0001",
    "effective_on": "2031-01-01",
    "recorded_at": "2031-01-01T08:00:00.000000Z",
    "schema": 9,
    "stream": "elsewhere",
    "type": "meeting.cancelled",
    "version": 77,
}


@pytest.mark.parametrize("field", SAID_OTHERWISE)
def test_a_body_that_says_otherwise_than_its_column_is_named(damaged: Damaged, field: str) -> None:
    """The hash is that of the new body and every column stands as it stood: nothing but the comparison tells."""
    row = damaged._stored[19]
    body = msgspec.json.encode(
        {**msgspec.json.decode(row.body), field: SAID_OTHERWISE[field]}, order="sorted"
    )
    damaged._stored[19] = replace(row, body=body, leaf=leaf(body))
    assert (20, "column") in [(fault.position, fault.kind) for fault in verify(damaged).faults]


def test_an_event_back_dated_with_its_body_and_its_hash_is_named(damaged: Damaged) -> None:
    row, earlier = damaged._stored[19], damaged._stored[0].recorded_at
    body = row.body.replace(row.recorded_at.encode(), earlier.encode())
    damaged._stored[19] = replace(row, recorded_at=earlier, body=body, leaf=leaf(body))
    assert [(fault.position, fault.kind) for fault in verify(damaged).faults] == [(20, "time")]


@given(st.tuples(ANYTHING, ANYTHING, ANYTHING, ANYTHING))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_among_the_commands_is_named(damaged: Damaged, row: tuple[Any, ...]) -> None:
    was = damaged._commands["C0003"]
    damaged._commands["C0003"] = CommandRow(*row)
    try:
        assert verify(damaged).count
    finally:
        damaged._commands["C0003"] = was


def test_events_that_cannot_be_read_are_named_and_the_rest_is_looked_at(damaged: Damaged) -> None:
    damaged.unreadable = (7, 8, 20)
    damaged._stored[24] = replace(damaged._stored[24], actor="mallory")
    found = verify(damaged)
    told = [fault.sentence for fault in found.faults if fault.kind in ("file", "column", "missing")]
    assert told == [
        "Events 7 to 8 cannot be read: The book is damaged: database disk image is malformed.",
        "Event 20 cannot be read: The book is damaged: database disk image is malformed.",
        "Event 25 has actor mallory in its column and clerk in its body.",
    ]


def test_a_log_whose_end_cannot_be_read_is_read_up_to_what_commands_claim(damaged: Damaged) -> None:
    damaged.no_head = True
    damaged.unreadable = (30,)
    found = verify(damaged)
    assert found.events == 30
    assert [fault.position for fault in found.faults if fault.kind == "file"] == [0, 30]
    assert found.faults[0].sentence.startswith("The end of the log cannot be read: ")


def test_a_command_that_cannot_be_read_is_named(damaged: Damaged) -> None:
    damaged.no_commands = True
    del damaged._commands["C0004"]
    told = [fault.sentence for fault in verify(damaged).faults]
    assert "Command C0003 cannot be read: The book is damaged: database disk image is malformed." in told
    assert "Event 9 is of command C0004, which is not in the record." in told


def test_an_index_that_goes_round_in_circles_is_left(damaged: Damaged, desk: Any) -> None:
    damaged.no_streams = True
    told = [fault.sentence for fault in verify(damaged).faults]
    assert any("Rows do not stand in the order of their keys" in sentence for sentence in told)


def test_texts_that_cannot_be_read_are_named_by_who_cites_them(damaged: Damaged) -> None:
    damaged.no_texts = True
    found = verify(damaged)
    assert [fault.position for fault in found.faults] == [1, 2, 3, 4]
    assert {fault.kind for fault in found.faults} == {"text"}


def test_a_book_that_cannot_be_reached_is_no_finding(damaged: Damaged) -> None:
    damaged.away = True
    with pytest.raises(Unavailable):
        verify(damaged)


def test_an_event_far_beyond_the_end_does_not_keep_the_reader_for_ever(damaged: Damaged) -> None:
    last = damaged._stored[-1]
    damaged._stored[-1] = replace(last, position=2**60)
    found = verify(damaged)
    assert found.events == 2**60
    assert f"Events 30 to {2**60 - 1} are missing." in [fault.sentence for fault in found.faults]
    damaged.unreadable = range(30, 2**60)  # not one of them, and nothing says so but trying
    assert verify(damaged).count


def test_nothing_that_stands_in_a_column_reaches_a_terminal_as_a_command() -> None:
    assert shown("\x1b[2Jx") == r"'\x1b[2Jx'"
    assert shown("é") == "é"
    assert shown(None) == "nothing"
    assert len(shown("x" * 1_000)) == 101


# the file ----------------------------------------------------------------------------------------------------
@pytest.fixture
def file(tmp_path: Path, desk: Any, meetings: View) -> Path:
    path = tmp_path / "book.goldenthread"
    store = open_sqlite(path, [meetings], create=True)
    write_a_year(store, desk)
    store.close()
    return path


def test_an_index_that_misses_a_row_is_found(file: Path, meetings: View) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("DELETE FROM sqlite_master WHERE name = 'events_by_correlation'")
    connection.execute("UPDATE sqlite_master SET rootpage = rootpage WHERE name = 'events'")
    sql = "CREATE INDEX events_by_correlation ON events (correlation_id) WHERE position <> 9"
    connection.commit()
    connection.close()
    connection = sqlite3.connect(file)
    connection.execute(sql)
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute(
        "UPDATE sqlite_master SET sql = replace(sql, ' WHERE position <> 9', '') WHERE name = 'events_by_correlation'"
    )
    connection.commit()
    connection.close()
    store = open_sqlite(file, [meetings], create=False, read_only=True)
    faults = verify(store, views=[meetings]).faults
    store.close()
    assert "SQLite finds the file damaged: row 9 missing from index events_by_correlation." in [
        fault.sentence for fault in faults
    ]


def test_a_file_too_damaged_to_be_opened_leaves_as_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "book.goldenthread"
    open_sqlite(path, [], create=True).close()
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    left_with, answer = ask_verify(path)
    assert left_with == 1
    assert [problem["code"] for problem in answer["problems"]] == ["GT-DB-012"]


def test_what_sqlite_says_of_a_damaged_file_may_be_no_text(file: Path) -> None:
    image = file.read_bytes()
    assert image.count(b"CREATE TABLE events (") == 1
    file.write_bytes(image.replace(b"CREATE TABLE events (", b"CREATE TABL\xc5 events ("))
    left_with, answer = ask_verify(file)
    assert left_with == 1, answer
    assert "Traceback" not in answer["beside"]
