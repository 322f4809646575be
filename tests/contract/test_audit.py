"""Whatever is done to a book behind its back is found, named and placed; an untouched book is never suspected."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.sql.statements import native
from engine.audit.faults import KINDS
from engine.audit.verify import Verification, verify
from engine.ports import Store
from engine.testing import InMemoryStore
from engine.view import View
from events.codec import leaf
from events.errors import Broken
from events.kinds.framework import PackProposed
from events.kinds.people import PersonAdded
from events.text import Text
from tests.campaigns.homes import HOMES, Home

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


class Book:
    """A book, and somebody with its database and time on their hands."""

    def __init__(self, home: Home, view: View) -> None:
        self.home, self.view = home, view

    def verified(self, *views: View) -> Verification:
        store = self.home.open(views=[self.view])
        try:
            return verify(store, views=views)
        finally:
            store.close()

    def tampered(self, *deeds: tuple[str, Sequence[object]] | str) -> None:
        """Do all of this in one transaction, with the triggers out of the way."""
        store = self.home.open(views=[self.view])
        database = store._database
        with database.writing as cursor:
            for trigger, table in self._triggers(cursor):
                cursor.execute(f"DROP TRIGGER {trigger}" + (f" ON {table}" if self.on_server else ""))
            for deed in deeds:
                sql, values = (deed, ()) if isinstance(deed, str) else deed
                cursor.execute(native(sql, database.dialect), values)
        store.close()

    @property
    def on_server(self) -> bool:
        return self.home.name == "PostgreSQL"

    def _triggers(self, cursor: Any) -> list[tuple[str, str]]:
        if self.on_server:
            cursor.execute(
                "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
                "WHERE NOT tgisinternal AND tgrelid::regclass::text IN ('events', 'commands')"
            )
        else:
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        return cursor.fetchall()

    def body(self, position: int) -> bytes:
        store = self.home.open(views=[self.view])
        row = store.stored(position - 1, 1)[0]
        store.close()
        return row.body


@pytest.fixture(params=HOMES)
def book(request: pytest.FixtureRequest, tmp_path: Path, desk: Any, meetings: View) -> Iterator[Book]:
    home = HOMES[request.param](tmp_path)
    store = home.make([meetings])
    write_a_year(store, desk)
    store.close()
    yield Book(home, meetings)
    home.cleanup()


COLUMNS = "stream, 99, type, schema_version, recorded_at, effective_on, actor, command_id, correlation_id, caused_by, body, leaf"
SWAP = (
    "UPDATE events SET position = CASE position WHEN 11 THEN 12 ELSE 11 END + 100 WHERE position IN (11, 12)"
)
UNREADABLE = ("UPDATE events SET body = ?, leaf = ? WHERE position = 8", (b"{}", leaf(b"{}")))
OTHER_NONCE = ("UPDATE texts SET nonce = ? WHERE text = 'Ann Smith 1'", (bytes(16),))
MATRIX: dict[str, tuple[Any, int, str]] = {
    "a hash edited": (("UPDATE events SET leaf = ? WHERE position = 8", (bytes(32),)), 8, "hash"),
    "a body made unreadable": (UNREADABLE, 8, "body"),
    "an event dropped": ("DELETE FROM events WHERE position = 9", 9, "missing"),
    "the first event dropped": ("DELETE FROM events WHERE position = 1", 1, "missing"),
    "the last event dropped": ("DELETE FROM events WHERE position = 30", 30, "command"),
    "the last command's events dropped": ("DELETE FROM events WHERE position > 25", 26, "command"),
    "a run of events dropped": ("DELETE FROM events WHERE position BETWEEN 9 AND 12", 9, "missing"),
    "an event added at the end": (f"INSERT INTO events SELECT 31, {COLUMNS} FROM events WHERE position = 30", 31, "stream"),
    "an event added before the first": (f"INSERT INTO events SELECT 0, {COLUMNS} FROM events WHERE position = 30", 0, "stream"),
    "an event back-dated": ("UPDATE events SET recorded_at = '2026-04-01T08:00:00.000000Z' WHERE position = 20", 20, "time"),
    "another stream in the column": ("UPDATE events SET stream = 'elsewhere' WHERE position = 20", 20, "column"),
    "another version in the column": ("UPDATE events SET version = 77 WHERE position = 20", 20, "stream"),
    "another type in the column": ("UPDATE events SET type = 'meeting.cancelled' WHERE position = 20", 20, "column"),
    "another day in the column": ("UPDATE events SET effective_on = '2026-04-03' WHERE position = 20", 20, "column"),
    "the same day written otherwise": ("UPDATE events SET effective_on = replace(effective_on, '-', '') WHERE position = 20", 20, "column"),
    "another actor in the column": ("UPDATE events SET actor = 'mallory' WHERE position = 20", 20, "column"),
    "another command in the column": ("UPDATE events SET command_id = 'C0001' WHERE position = 20", 20, "column"),
    "another correlation in the column": ("UPDATE events SET correlation_id = 'C0001' WHERE position = 20", 20, "column"),
    "another cause in the column": ("UPDATE events SET caused_by = 'meetings@1' WHERE position = 20", 20, "column"),
    "a schema of the future in the column": ("UPDATE events SET schema_version = 9 WHERE position = 20", 20, "column"),
    "a command dropped": ("DELETE FROM commands WHERE command_id = 'C0003'", 6, "command"),
    "a command with other positions": ("UPDATE commands SET last_position = 9 WHERE command_id = 'C0003'", 9, "command"),
    "a command that never was": ("INSERT INTO commands VALUES ('X', 'd', 7, 8)", 7, "command"),
    "a command that claims the future": ("INSERT INTO commands VALUES ('X', 'd', 70, 80)", 70, "command"),
    "a command that ends before it begins": ("UPDATE commands SET last_position = 2 WHERE command_id = 'C0003'", 0, "command"),
    "a text altered": ("UPDATE texts SET text = 'Bob' WHERE text = 'Ann Smith 1'", 2, "text"),
    "a text gone without being erased": ("DELETE FROM texts WHERE text = 'Ann Smith 1'", 2, "text"),
    "a nonce altered": (OTHER_NONCE, 2, "text"),
    "a pack swapped": (("UPDATE blobs SET content = ?", (b"bands: easier",)), 5, "blob"),
    "a pack gone": ("DELETE FROM blobs", 5, "blob"),
}  # fmt: skip


def test_an_untouched_book_is_never_suspected(book: Book, meetings: View) -> None:
    found = book.verified(meetings)
    assert (found.events, found.commands, found.streams) == (30, 18, 5)
    assert (found.first_fault, found.faults, found.count, found.views) == (None, [], 0, "equal")
    book.tampered()
    assert book.verified().first_fault is None


@pytest.mark.parametrize("deed", MATRIX)
def test_tampering_is_named_with_its_position(book: Book, deed: str) -> None:
    statement, position, kind = MATRIX[deed]
    book.tampered(statement)
    found = book.verified()
    assert (position, kind) in [(fault.position, fault.kind) for fault in found.faults]
    assert found.first_fault is not None
    assert found.first_fault.position == position
    assert found.first_fault.sentence.endswith(".")
    assert str(position or "") in found.first_fault.sentence
    assert found.count == len(found.faults)
    assert {fault.kind for fault in found.faults} <= set(KINDS)


def test_comparing_views_is_told_as_it_goes_too(book: Book, meetings: View) -> None:
    store, seen = book.home.open(views=[meetings]), []
    verify(store, lambda done, of: seen.append((done, of)), [meetings])
    assert seen == [(30, 60), (60, 60)]
    assert store.differences([meetings], progress=lambda done, of: seen.append((done, of))) == []
    store.rebuild([meetings], lambda done, of: seen.append((done, of)))
    assert seen[2:] == [(30, 30), (30, 30)]
    store.close()


def test_an_edited_body_is_named(book: Book, meetings: View) -> None:
    edited = book.body(8).replace(b"cabinet", b"council")
    assert edited != book.body(8)
    book.tampered(("UPDATE events SET body = ? WHERE position = 8", (edited,)))
    found = book.verified(meetings)
    assert [(fault.position, fault.kind) for fault in found.faults] == [(8, "hash")]
    assert (found.views, found.rebuild_helps) == ("not compared", False)


def test_a_body_rewritten_with_its_hash_shows_in_what_follows_from_it(book: Book, meetings: View) -> None:
    """Whoever rewrites the views too is not found out: that takes something signed outside the book."""
    forged = book.body(8).replace(b"cabinet", b"council")
    book.tampered(("UPDATE events SET body = ?, leaf = ? WHERE position = 8", (forged, leaf(forged))))
    assert book.verified().count == 0
    assert book.verified(meetings).views == "differ"


def test_two_events_swapped_are_both_named(book: Book) -> None:
    book.tampered(SWAP, "UPDATE events SET position = position - 100 WHERE position > 100")
    first = book.verified().first_fault
    assert first is not None
    assert first.sentence == "Event 11 is number 4 of meetings/0, and stands before number 3, event 12."


def test_an_event_slipped_in_between_is_named(book: Book) -> None:
    book.tampered(
        "UPDATE events SET position = position + 1000 WHERE position >= 15",
        "UPDATE events SET position = position - 999 WHERE position >= 1000",
        f"INSERT INTO events SELECT 15, {COLUMNS} FROM events WHERE position = 14",
    )
    found = book.verified()
    assert found.first_fault is not None
    assert found.first_fault.position <= 15
    assert "15" in "".join(fault.sentence for fault in found.faults)


def test_an_edited_view_row_is_named_and_a_rebuild_mends_it(book: Book, meetings: View) -> None:
    book.tampered("UPDATE meetings_of SET count = 99 WHERE body = 'audit'")
    found = book.verified(meetings)
    assert [fault.sentence for fault in found.faults] == [
        "The view meetings_of audit from event 30 says count = 99; the log gives count = 5."
    ]
    assert (found.views, found.rebuild_helps) == ("differ", True)
    store = book.home.open(views=[meetings])
    store.rebuild([meetings])
    store.close()
    assert book.verified(meetings).count == 0


def test_a_book_that_does_not_say_its_version_is_refused(book: Book) -> None:
    book.tampered("UPDATE meta SET value = 'x' WHERE name = 'schema'")
    with pytest.raises(Broken, match="does not say which version its tables are of"):
        book.verified()


def test_a_dropped_event_stops_every_reader_at_once(book: Book) -> None:
    book.tampered("DELETE FROM events WHERE position = 9")
    store = book.home.open(views=[book.view])
    with pytest.raises(Broken, match="Event 9 is missing from the record"):
        store.page(0, 100)
    with pytest.raises(Broken, match="is missing from the record"):
        store.streams({"meetings/0": 0, "meetings/1": 0})
    store.close()


def test_what_others_record_meanwhile_is_left_for_next_time(book: Book, meetings: View, desk: Any) -> None:
    """A thousand events more while verifying: whatever is read after that knows of them."""
    store, writer = book.home.open(views=[meetings]), book.home.open(views=[meetings])
    desk.wait(timedelta(days=1))

    def others(done: int, of: int) -> None:
        if done == 30:
            writer.commit(desk.of(*(desk.added() for _ in range(1_000)), stream="meetings/0"))
            writer.commit(desk.of(desk.added(), stream="elsewhere"))

    found = verify(store, others)
    assert (found.events, found.faults) == (30, [])
    assert store.head().position == 1_031
    store.close()
    writer.close()


def test_progress_is_told_while_a_long_book_is_read(desk: Any) -> None:
    store, seen = InMemoryStore(), []
    store.commit(desk.of(*(desk.added() for _ in range(4_500))))
    assert verify(store, lambda done, of: seen.append((done, of))).events == 4_500
    assert seen == [(2_000, 4_500), (4_000, 4_500), (4_500, 4_500)]


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
