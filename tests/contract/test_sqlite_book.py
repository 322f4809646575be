"""What a book in a SQLite file promises besides: its settings, what it refuses to open, and what it leaves alone."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from adapters.sql import SqlStore, open_sqlite
from adapters.sql.schema import VERSION
from adapters.sql.sqlite.file_lock import FileLock, _stands, alone
from adapters.sql.sqlite.opening import check_settings
from engine.ports import CommandExists, StaleRead
from engine.view import View
from events.errors import Broken, GoldenthreadError, NotFound, Refused
from events.text import Text


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.goldenthread"


@pytest.fixture
def book(path: Path, meetings: View) -> Iterator[SqlStore]:
    store = open_sqlite(path, [meetings], create=True)
    yield store
    store.close()


def code(error: pytest.ExceptionInfo[GoldenthreadError]) -> str:
    return error.value.problems[0].code


def raw(store: SqlStore) -> sqlite3.Connection:
    return store._database.open_connection()  # type: ignore[attr-defined]  # SQLite's own connection, to look behind


def opened_again(path: Path, views: Sequence[View] = (), **more: Any) -> SqlStore:
    return open_sqlite(path, views, create=False, **more)


def test_a_book_says_the_same_when_it_is_opened_again(
    book: SqlStore, desk: Any, path: Path, meetings: View
) -> None:
    facts = book.commit(desk.of(desk.added(), desk.added()))
    book.close()
    book.close()
    again = opened_again(path, [meetings])
    assert again.page(0, 10) == facts
    assert again.row(meetings, ("cabinet",)) == {"body": "cabinet", "count": 2, "last": "2026-05-01"}
    again.close()


def test_nothing_is_written_with_weaker_settings(book: SqlStore) -> None:
    found = {
        name: raw(book).execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "cache_size", "busy_timeout", "mmap_size")
    }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "cache_size": -32768,
        "busy_timeout": 10_000,
        "mmap_size": 0,
    }
    with pytest.raises(Broken, match="journal_mode=memory") as refused:
        check_settings(Path("here"), sqlite3.connect(":memory:"))
    assert code(refused) == "GT-DB-007"


def test_every_table_checks_its_types(book: SqlStore) -> None:
    tables = raw(book).execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    assert len(tables) == 9
    assert [name for name, sql in tables if "STRICT" not in sql] == []


@pytest.mark.parametrize("table", ["events", "commands"])
@pytest.mark.parametrize(
    "deed", ["UPDATE {0} SET {1} = 'x'", "DELETE FROM {0}", "REPLACE INTO {0} SELECT * FROM {0}"]
)
def test_the_log_is_only_ever_added_to(book: SqlStore, desk: Any, table: str, deed: str) -> None:
    book.commit(desk.of(desk.added()))
    column = {"events": "actor", "commands": "request_digest"}[table]
    with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
        raw(book).execute(deed.format(table, column))


def test_a_new_book_never_takes_the_place_of_a_file(book: SqlStore, path: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="already stands there"):
        open_sqlite(path, [], create=True)
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(GoldenthreadError):
        open_sqlite(tmp_path / "letter.txt", [], create=True)
    assert (tmp_path / "letter.txt").read_text().startswith("Dear Sir")


def test_a_book_half_made_by_a_crash_can_be_made(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    with pytest.raises(Broken, match="not a goldenthread book"):
        opened_again(path)
    open_sqlite(path, [], create=True).close()


def test_a_missing_book_or_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no book at"):
        opened_again(tmp_path / "none.goldenthread")
    with pytest.raises(NotFound, match="There is no folder"):
        open_sqlite(tmp_path / "nowhere" / "new.goldenthread", [], create=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"Dear Sir or Madam, " * 100, "another database", "a folder"])
def test_a_file_of_another_kind_is_not_opened(path: Path, content: bytes | str) -> None:
    if content == "a folder":
        path.mkdir()
    elif content == "another database":
        sqlite3.connect(path).execute("CREATE TABLE t (a)")
    else:
        path.write_bytes(content)  # type: ignore[arg-type]  # only bytes are left
    for read_only in (False, True):
        with pytest.raises(Broken, match="not a goldenthread book") as refused:
            opened_again(path, read_only=read_only)
        assert code(refused) == "GT-DB-004"


def test_a_book_of_a_newer_goldenthread_is_left_to_it(book: SqlStore, path: Path) -> None:
    book.set_meta("schema", str(VERSION + 1))
    book.close()
    with pytest.raises(
        Broken, match=f"version {VERSION + 1}, and this program knows version {VERSION}"
    ) as refused:
        opened_again(path)
    assert code(refused) == "GT-DB-001"


def test_a_book_held_by_another_program_is_said_to_be_held(book: SqlStore, desk: Any, path: Path) -> None:
    impatient = opened_again(path, book_views(book), wait_seconds=0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Broken, match="held by another program") as refused:
        impatient.commit(desk.of(desk.added()))
    assert code(refused) == "GT-DB-002"
    assert impatient.head().position == 0
    other.execute("ROLLBACK")
    impatient.commit(desk.of(desk.added()))
    impatient.close()


def test_writers_take_turns_on_one_lock(book: SqlStore, desk: Any, path: Path) -> None:
    impatient = opened_again(path, book_views(book), wait_seconds=0.05)
    lock = FileLock(f"{path}.lock", 0.05)
    lock.take(lambda: AssertionError("nobody else holds it"))
    with pytest.raises(Broken, match="held by another program"):
        impatient.commit(desk.of(desk.added()))
    lock.close()
    assert len(impatient.commit(desk.of(desk.added()))) == 1
    impatient.close()


def book_views(book: SqlStore) -> list[View]:
    return [table.view for table in book._views.kept.values()]


def test_two_writers_see_each_other(book: SqlStore, desk: Any, path: Path) -> None:
    other = opened_again(path, book_views(book))
    book.commit(desk.of(desk.added(), command_id="X", read={"meetings": 0}))
    with pytest.raises(StaleRead):
        other.commit(desk.of(desk.added(), read={"meetings": 0}))
    with pytest.raises(CommandExists):
        other.commit(desk.of(desk.added(), command_id="X"))
    assert [fact.position for fact in other.commit(desk.of(desk.added(), read={"meetings": 1}))] == [2]
    assert book.head().position == 2
    other.close()


def test_threads_take_turns_on_one_store(book: SqlStore, desk: Any, meetings: View) -> None:
    units = [[desk.of(desk.added(f"body {thread}")) for _ in range(25)] for thread in range(4)]
    threads = [threading.Thread(target=lambda own=own: [book.commit(unit) for unit in own]) for own in units]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [fact.position for fact in book.page(0, 200)] == list(range(1, 101))
    assert [row["count"] for row in book.rows(meetings)] == [25] * 4


def test_a_closed_book_says_that_it_is_closed(book: SqlStore) -> None:
    book.close()
    with pytest.raises(Broken, match="already closed"):
        book.head()


def test_an_erased_text_is_in_no_file_any_more(book: SqlStore, desk: Any, path: Path) -> None:
    texts = [
        Text(bytes([n]) * 16, f"Confidential remark number {n} about Mrs Elm, " + "and so on " * n)
        for n in range(200)
    ]
    for text in texts:
        book.commit(desk.unit(desk.part(desk.added()), texts=[text]))
    assert b"remark number 77 about" in b"".join(file.read_bytes() for file in path.parent.iterdir())
    book.erase(texts[77].ref, desk.at())
    left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"remark number 77 about" not in left
    assert b"remark number 78 about" in left


class Renamed:
    """A view as another version of the program would have it."""

    def __init__(self, view: View, **differs: Any) -> None:
        self._view, self._differs = view, differs

    def __getattr__(self, name: str) -> Any:
        return self._differs.get(name) or getattr(self._view, name)


def test_views_follow_the_program(
    book: SqlStore, desk: Any, path: Path, meetings: View, agenda: View
) -> None:
    book.commit(desk.of(desk.added(), desk.added("audit")))
    book.close()
    both = opened_again(path, [meetings, agenda])
    assert len(both.rows(agenda)) == 2
    both.close()
    one = opened_again(path, [Renamed(agenda, indexes=(("by",),))])
    assert len(one.rows(agenda)) == 2
    assert raw(one).execute("SELECT 1 FROM sqlite_master WHERE name = 'meetings_of'").fetchall() == []
    with pytest.raises(Broken, match="opened without the view meetings_of"):
        one.rows(meetings)
    one.commit(desk.of(desk.added("scrutiny")))
    one.close()
    again = opened_again(path, [meetings, agenda])
    assert [row["body"] for row in again.rows(meetings)] == ["audit", "cabinet", "scrutiny"]
    assert again.differences([meetings, agenda]) == []
    again.close()


def test_a_writer_whose_views_were_changed_stops(
    book: SqlStore, desk: Any, path: Path, meetings: View, agenda: View
) -> None:
    newer = opened_again(path, [meetings, agenda])
    with pytest.raises(Broken, match="has changed the tables or views of this book") as refused:
        book.commit(desk.of(desk.added()))
    assert code(refused) == "GT-DB-008"
    with pytest.raises(Broken, match="nothing was written"):
        book.rebuild([table.view for table in book._views.kept.values()])
    newer.commit(desk.of(desk.added()))
    newer.close()


def test_a_view_is_not_called_like_a_table_of_the_log(path: Path, agenda: View) -> None:
    with pytest.raises(Broken, match="cannot be called events"):
        open_sqlite(path, [Renamed(agenda, name="events")], create=True)


def test_a_difference_says_what_stands_and_what_the_log_gives(
    book: SqlStore, desk: Any, meetings: View
) -> None:
    for day in (1, 2):
        book.commit(desk.of(desk.added(day=day), desk.added("audit", day)))
    raw(book).execute("UPDATE meetings_of_before SET count = 7 WHERE body = 'audit' AND from_position = 2")
    raw(book).execute("DELETE FROM meetings_of WHERE body = 'cabinet' AND from_position = 4")
    raw(book).execute("INSERT INTO meetings_of VALUES ('zoning', 1, NULL, 1)")
    assert book.differences([meetings]) == [
        "meetings_of audit from event 2 says count = 7; the log gives count = 1.",
        "meetings_of cabinet from event 4 is missing; the log gives body = cabinet, count = 2, last = 2026-05-02, "
        "from_position = 4, to_position = None.",
        "meetings_of zoning from event 1 stands there; the log gives no such row.",
    ]
    assert len(book.differences([meetings], limit=2)) == 2
    book.rebuild([meetings])
    assert book.differences([meetings]) == []


def test_the_lock_on_a_deleted_lock_file_keeps_nobody_out(tmp_path: Path) -> None:
    path = tmp_path / "making"
    with alone(str(path)) as first:
        path.unlink()
        with alone(str(path)) as second:
            assert (first, second) == (True, True)
    handle = os.open(path, os.O_RDWR)
    path.unlink()
    assert not _stands(handle, str(path))
    os.close(handle)
