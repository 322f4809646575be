"""A book on media that are read-only, full or damaged, and commits that stop half-way: a sentence, and nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from adapters.sql import SqlStore, open_sqlite
from engine.ports import CommandExists, Notice
from engine.view import View
from events.errors import Broken, GoldenthreadError

NOBODY = 65534


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another account can reach."""
    made = Path(tempfile.mkdtemp(prefix="goldenthread-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def in_a_child(task: Callable[[], None], before: Callable[[], None] = lambda: None) -> None:
    """Run something in a process of its own, after `before` took its rights or room away."""
    child = os.fork()
    if child == 0:
        try:
            before()
            task()
        except BaseException:  # noqa: BLE001  # the parent is told by the exit code
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0, "see the traceback above"


def as_nobody() -> None:
    os.setgid(NOBODY)
    os.setuid(NOBODY)


only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")


def refused(do: Callable[[], Any]) -> str:
    try:
        do()
    except GoldenthreadError as error:
        return error.problems[0].code
    return "nothing was refused"


@pytest.fixture
def written(folder: Path, desk: Any, meetings: View) -> Path:
    path = folder / "book.goldenthread"
    store = open_sqlite(path, [meetings], create=True)
    store.commit(desk.of(desk.added(), desk.added()))
    store.close()
    return path


@only_root
def test_a_book_in_a_read_only_folder_is_read_and_not_written(written: Path, meetings: View) -> None:
    def task() -> None:
        store = open_sqlite(written, [meetings], create=False, read_only=True)
        assert len(store.page(0, 10)) == 2
        assert store.row(meetings, ("cabinet",)) is not None
        assert store.differences([meetings]) == []
        assert refused(lambda: store.set_meta("a", "b")) == "GT-DB-003"
        assert refused(lambda: store.rebuild([meetings])) == "GT-DB-003"
        store.close()
        assert refused(lambda: open_sqlite(written, [meetings], create=False)) == "GT-DB-003"
        assert (
            refused(lambda: open_sqlite(written.parent / "new.goldenthread", [], create=True)) == "GT-DB-003"
        )

    before = {file.name: file.read_bytes() for file in written.parent.iterdir()}
    in_a_child(task, before=as_nobody)
    assert {file.name: file.read_bytes() for file in written.parent.iterdir()} == before


@only_root
def test_a_reader_without_rights_is_told_which(written: Path, desk: Any, meetings: View) -> None:
    writer = open_sqlite(written, [meetings], create=False)
    writer.commit(desk.of(desk.added(), command_id="later"))
    left = written.parent / "left"
    shutil.copytree(written.parent, left)
    writer.close()
    book = left / written.name

    def after_a_crash() -> None:
        store = open_sqlite(book, [meetings], create=False, read_only=True)
        assert store.head().position == 3
        store.close()

    in_a_child(after_a_crash, before=as_nobody)
    left.joinpath(f"{book.name}-shm").unlink()
    in_a_child(lambda: told("GT-DB-020", book), before=as_nobody)
    book.chmod(0o600)
    in_a_child(lambda: told("GT-DB-019", book), before=as_nobody)


def told(code: str, book: Path) -> None:
    assert refused(lambda: open_sqlite(book, [], create=False, read_only=True)) == code


def test_reading_alone_changes_no_byte_of_the_book(written: Path, meetings: View, desk: Any) -> None:
    before = written.read_bytes()
    store = open_sqlite(written, [meetings], create=False, read_only=True)
    assert store.differences([meetings]) == []
    assert refused(lambda: store.commit(desk.of(desk.added()))) == "GT-DB-003"
    assert refused(lambda: store.erase("text:0", desk.at())) == "GT-DB-003"
    store.close()
    assert written.read_bytes() == before


def test_a_reader_sees_what_a_writer_adds(written: Path, meetings: View, desk: Any) -> None:
    reader = open_sqlite(written, [meetings], create=False, read_only=True)
    writer = open_sqlite(written, [meetings], create=False)
    writer.commit(desk.of(desk.added(), command_id="later"))
    assert reader.head().position == 3
    writer.close()
    assert reader.head().position == 3
    reader.close()


def test_a_reader_with_other_views_is_sent_to_a_writer(written: Path, agenda: View) -> None:
    assert refused(lambda: open_sqlite(written, [agenda], create=False, read_only=True)) == "GT-DB-017"


def test_a_full_disk_loses_nothing_and_recovers(written: Path, meetings: View, desk: Any) -> None:
    def task() -> None:
        store = open_sqlite(written, [meetings], create=False)
        resource.setrlimit(resource.RLIMIT_FSIZE, (written.stat().st_size + 20_000, resource.RLIM_INFINITY))
        acknowledged = 2
        code = "nothing was refused"
        for number in range(200):
            unit = desk.of(*[desk.added("x" * 900)] * 5, command_id=f"N{number}")
            code = refused(partial(store.commit, unit))
            if code != "nothing was refused":
                break
            acknowledged += 5
        assert code == "GT-DB-005"
        assert store.head().position == acknowledged
        assert store.differences([meetings]) == []
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert len(store.commit(desk.of(desk.added(), command_id="N200"))) == 1
        store.close()

    in_a_child(task)


def test_a_damaged_book_is_said_to_be_damaged(written: Path, desk: Any, meetings: View) -> None:
    store = open_sqlite(written, [meetings], create=False)
    for _ in range(50):
        store.commit(desk.of(desk.added(), command_id=None))
    store.close()
    content = bytearray(written.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    written.write_bytes(content)

    def read() -> None:
        store = open_sqlite(written, [meetings], create=False)
        store.page(0, 100)

    assert refused(read) == "GT-DB-012"


@pytest.mark.parametrize("point", ["before append", "after append", "after commit"])
def test_a_retry_after_a_stop_has_one_effect(folder: Path, desk: Any, meetings: View, point: str) -> None:
    path = folder / "book.goldenthread"
    open_sqlite(path, [meetings], create=True).close()
    notice = Notice(to="cabinet", kind="reminder", subject="meetings@1", words="soon")
    part = desk.part(desk.added(), desk.added(), command_id="X", notices=[(0, notice)])

    def killed_half_way() -> None:
        def failpoint(name: str) -> None:
            if name == point:
                os._exit(0)

        open_sqlite(path, [meetings], create=False, failpoint=failpoint).commit(desk.unit(part))
        raise AssertionError("the failpoint was not reached")

    in_a_child(killed_half_way)
    store = open_sqlite(path, [meetings], create=False)
    if point == "after commit":
        with pytest.raises(CommandExists) as exists:
            store.commit(desk.unit(part))
        assert (exists.value.row.first_position, exists.value.row.last_position) == (1, 2)
    else:
        store.commit(desk.unit(part))
    check_one_effect(store, meetings)
    store.close()


@pytest.mark.parametrize("point", ["before append", "after append"])
def test_an_error_half_way_leaves_the_same_store_usable(
    folder: Path, desk: Any, meetings: View, point: str
) -> None:
    def failpoint(name: str) -> None:
        if name == point and armed:
            raise InterruptedError(name)

    armed = True
    store = open_sqlite(folder / "book.goldenthread", [meetings], create=True, failpoint=failpoint)
    notice = Notice(to="cabinet", kind="reminder", subject="meetings@1", words="soon")
    part = desk.part(desk.added(), desk.added(), command_id="X", notices=[(0, notice)])
    with pytest.raises(InterruptedError):
        store.commit(desk.unit(part))
    armed = False
    store.commit(desk.unit(part))
    check_one_effect(store, meetings)
    store.close()


def check_one_effect(store: SqlStore, meetings: View) -> None:
    assert [fact.command_id for fact in store.page(0, 10)] == ["X", "X"]
    assert [row.position for row in store.outbox()] == [1]
    assert [row["count"] for row in store.rows(meetings)] == [2]
    assert store.differences([meetings]) == []


def test_a_refusal_that_nobody_foresaw_is_a_sentence_too(written: Path, desk: Any, meetings: View) -> None:
    store = open_sqlite(written, [meetings], create=False)
    store._database.open_connection().execute("ALTER TABLE commands RENAME COLUMN last_position TO last")  # type: ignore[attr-defined]  # SQLite's own
    with pytest.raises(Broken, match="no column named last_position"):
        store.commit(desk.of(desk.added()))
    store.close()
