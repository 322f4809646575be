"""Whatever is done to a book behind its back is found, named and placed; an untouched book is never suspected."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.sql import open_sqlite
from engine.audit import Verification, verify
from engine.faults import KINDS
from engine.ports import Store
from engine.testing import InMemoryStore
from engine.view import View
from events.codec import leaf
from events.kinds.framework import PackProposed
from events.kinds.people import PersonAdded
from events.text import Text

PACK = b"bands: ..."
DIGEST = hashlib.sha256(PACK).hexdigest()
NAMES = [Text(bytes([number]) * 16, f"Ann Smith {number}") for number in range(4)]


def write_a_year(store: Store, desk: Any) -> None:
    """30 events: names, a pack, and meetings one command each or several to one; one name is erased again."""
    people = [PersonAdded(person=f"p-{number}", name=name.ref) for number, name in enumerate(NAMES)]
    store.commit(desk.unit(desk.part(*people, stream="people"), texts=NAMES))
    pack = PackProposed(pack="maidstone", version="1", digest=DIGEST, effective_from=date(2026, 4, 1))
    store.commit(desk.unit(desk.part(pack, stream="framework"), blobs={DIGEST: PACK}))
    for day in range(1, 6):
        desk.wait(timedelta(days=1))
        store.commit(desk.of(*(desk.added(day=day) for _ in range(3)), stream=f"meetings/{day % 2}"))
        store.commit(desk.of(desk.cancelled(day=day), stream="meetings/0"))
        store.commit(desk.of())
    store.commit(desk.of(*(desk.added("audit", day) for day in range(1, 6))))
    store.erase(NAMES[3].ref, desk.at())


@pytest.fixture
def book(tmp_path: Path, desk: Any, meetings: View) -> Path:
    path = tmp_path / "book.goldenthread"
    store = open_sqlite(path, [meetings], create=True)
    write_a_year(store, desk)
    store.close()
    return path


def verified(path: Path, views: tuple[View, ...] = ()) -> Verification:
    store = open_sqlite(path, views, create=False, read_only=True)
    try:
        return verify(store, views=views)
    finally:
        store.close()


def tampered(path: Path, *statements: str) -> Path:
    """A copy of the book in which somebody with the file and time on their hands did this."""
    copy = path.with_name("copy.goldenthread")
    shutil.copy(path, copy)
    connection = sqlite3.connect(copy)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.create_function("leaf", 1, leaf)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return copy


SWAP = (
    "UPDATE events SET position = CASE position WHEN 11 THEN 12 ELSE 11 END + 100 WHERE position IN (11, 12)"
)
MATRIX = {
    "a body edited": ("UPDATE events SET body = CAST(replace(CAST(body AS TEXT), 'cabinet', 'council') AS BLOB) WHERE position = 8", 8, "hash"),
    "a hash edited": ("UPDATE events SET leaf = zeroblob(32) WHERE position = 8", 8, "hash"),
    "a body made unreadable": ("UPDATE events SET body = CAST('{}' AS BLOB), leaf = leaf(CAST('{}' AS BLOB)) WHERE position = 8", 8, "body"),
    "an event dropped": ("DELETE FROM events WHERE position = 9", 9, "missing"),
    "the first event dropped": ("DELETE FROM events WHERE position = 1", 1, "missing"),
    "the last event dropped": ("DELETE FROM events WHERE position = 30", 30, "command"),
    "the last command's events dropped": ("DELETE FROM events WHERE position > 25", 26, "command"),
    "a run of events dropped": ("DELETE FROM events WHERE position BETWEEN 9 AND 12", 9, "missing"),
    "an event added at the end": ("INSERT INTO events SELECT 31, stream, 99, type, schema_version, recorded_at, effective_on, actor, command_id, correlation_id, caused_by, body, leaf FROM events WHERE position = 30", 31, "stream"),
    "an event back-dated": ("UPDATE events SET recorded_at = '2026-04-01T08:00:00.000000Z' WHERE position = 20", 20, "time"),
    "another stream in the column": ("UPDATE events SET stream = 'elsewhere' WHERE position = 20", 20, "column"),
    "another version in the column": ("UPDATE events SET version = 77 WHERE position = 20", 20, "stream"),
    "another type in the column": ("UPDATE events SET type = 'meeting.cancelled' WHERE position = 20", 20, "column"),
    "another day in the column": ("UPDATE events SET effective_on = '2026-04-03' WHERE position = 20", 20, "column"),
    "another actor in the column": ("UPDATE events SET actor = 'mallory' WHERE position = 20", 20, "column"),
    "another command in the column": ("UPDATE events SET command_id = 'C0001' WHERE position = 20", 20, "column"),
    "another correlation in the column": ("UPDATE events SET correlation_id = 'C0001' WHERE position = 20", 20, "column"),
    "another cause in the column": ("UPDATE events SET caused_by = 'meetings@1' WHERE position = 20", 20, "column"),
    "a schema of the future in the column": ("UPDATE events SET schema_version = 9 WHERE position = 20", 20, "column"),
    "a command dropped": ("DELETE FROM commands WHERE command_id = 'C0003'", 6, "command"),
    "a command with other positions": ("UPDATE commands SET last_position = 9 WHERE command_id = 'C0003'", 9, "command"),
    "a command that never was": ("INSERT INTO commands VALUES ('X', 'd', 7, 8)", 7, "command"),
    "a command that claims the future": ("INSERT INTO commands VALUES ('X', 'd', 70, 80)", 70, "command"),
    "a text altered": ("UPDATE texts SET text = 'Bob' WHERE text = 'Ann Smith 1'", 2, "text"),
    "a text gone without being erased": ("DELETE FROM texts WHERE text = 'Ann Smith 1'", 2, "text"),
    "a nonce altered": ("UPDATE texts SET nonce = zeroblob(16) WHERE text = 'Ann Smith 1'", 2, "text"),
    "a pack swapped": ("UPDATE blobs SET content = CAST('bands: easier' AS BLOB)", 5, "blob"),
    "a pack gone": ("DELETE FROM blobs", 5, "blob"),
}  # fmt: skip


def test_an_untouched_book_is_never_suspected(book: Path, meetings: View) -> None:
    found = verified(book, (meetings,))
    assert (found.events, found.commands, found.streams) == (30, 18, 5)
    assert (found.first_fault, found.faults, found.count) == (None, [], 0)
    assert verified(tampered(book)).first_fault is None


@pytest.mark.parametrize("deed", MATRIX)
def test_tampering_is_named_with_its_position(book: Path, deed: str) -> None:
    statement, position, kind = MATRIX[deed]
    found = verified(tampered(book, statement))
    assert (position, kind) in [(fault.position, fault.kind) for fault in found.faults]
    assert found.first_fault is not None
    assert found.first_fault.position == position
    assert found.first_fault.sentence.endswith(".")
    assert str(position) in found.first_fault.sentence
    assert found.count == len(found.faults)
    assert {fault.kind for fault in found.faults} <= set(KINDS)


def test_two_events_swapped_are_both_named(book: Path) -> None:
    back = "UPDATE events SET position = position - 100 WHERE position > 100"
    found = verified(tampered(book, "PRAGMA foreign_keys=OFF", SWAP, back))
    assert found.first_fault is not None
    assert found.first_fault.sentence == (
        "Event 11 is number 4 of meetings/0, and stands before number 3, event 12."
    )


def test_an_event_slipped_in_between_is_named(book: Path) -> None:
    found = verified(
        tampered(
            book,
            "UPDATE events SET position = position + 1000 WHERE position >= 15",
            "UPDATE events SET position = position - 999 WHERE position >= 1000",
            "INSERT INTO events SELECT 15, stream, 99, type, schema_version, recorded_at, effective_on, actor, "
            "command_id, correlation_id, caused_by, body, leaf FROM events WHERE position = 14",
        )
    )
    assert found.first_fault is not None
    assert found.first_fault.position <= 15
    assert "15" in "".join(fault.sentence for fault in found.faults)


def test_an_edited_view_row_is_named(book: Path, meetings: View) -> None:
    found = verified(tampered(book, "UPDATE meetings_of SET count = 99 WHERE body = 'audit'"), (meetings,))
    assert found.first_fault is not None
    assert found.first_fault.sentence == (
        "The view meetings_of audit from event 30 says count = 99; the log gives count = 5."
    )


def test_a_dropped_event_stops_every_reader_at_once(book: Path) -> None:
    store = open_sqlite(
        tampered(book, "DELETE FROM events WHERE position = 9"), [], create=False, read_only=True
    )
    with pytest.raises(Exception, match="Event 9 is missing from the record"):
        store.page(0, 100)
    with pytest.raises(Exception, match="is missing from the record"):
        store.streams({"meetings/0": 0, "meetings/1": 0})
    store.close()


def test_progress_is_told_while_a_long_book_is_read(desk: Any) -> None:
    store, seen = InMemoryStore(), []
    store.commit(desk.of(*(desk.added() for _ in range(2_500))))
    assert verify(store, lambda done, of: seen.append((done, of))).events == 2_500
    assert seen == [(1_000, 2_500), (2_000, 2_500), (2_500, 2_500)]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**6), number=st.integers(0, 29), other=st.integers(1, 255))
def test_one_changed_byte_anywhere_in_a_body_is_reported(
    desk: Any, place: int, number: int, other: int
) -> None:
    store = InMemoryStore()
    desk.now = desk.now.replace(tzinfo=UTC)
    write_a_year(store, desk)
    assert verify(store).first_fault is None
    row = store._stored[number]
    body = bytearray(row.body)
    body[place % len(body)] ^= other
    store._stored[number] = row.__replace__(body=bytes(body))
    fault = verify(store).first_fault
    assert fault is not None
    assert fault.position == number + 1
