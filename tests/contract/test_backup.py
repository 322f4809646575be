"""A backup, from whatever database, is the whole book at one moment in a file; or there is no file at all."""

from __future__ import annotations

import hashlib
import os
import resource
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from adapters.sql import SqlStore, open_sqlite
from adapters.sql.backup import back_up
from engine.audit.verify import verify
from engine.custody import BackedUp, Watch
from tests.campaigns.homes import HOMES, Home, SqliteHome

from .custody import NOW, at, fill, killed_at, quiet, refused, rows, views_of
from .meetings import VIEWS
from .test_sqlite_trouble import as_nobody, in_a_child, only_root


@pytest.fixture(params=HOMES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    made = HOMES[request.param](tmp_path)
    yield made
    made.cleanup()


@pytest.fixture
def book(home: Home, desk: Any) -> Iterator[SqlStore]:
    store = home.make(VIEWS)
    fill(store, desk)
    yield store
    store.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.goldenthread"


def backed_up(home: Home, file: Path, watch: Watch = quiet, *, force: bool = False) -> BackedUp:
    with closing(home.open(views=VIEWS)) as store:
        return back_up(store._database, "the book", file, VIEWS, force=force, watch=watch)


def opened(file: Path) -> SqlStore:
    return open_sqlite(file, VIEWS, create=False, read_only=True)


def beside(file: Path) -> list[str]:
    """Every file there that is not the book's own."""
    return sorted(path.name for path in file.parent.glob("backup*"))


def test_a_backup_is_the_book_row_for_row_and_passes_every_check(
    book: SqlStore, home: Home, file: Path
) -> None:
    made = backed_up(home, file)
    with closing(opened(file)) as copy:
        assert rows(copy) == rows(book)
        assert views_of(copy, VIEWS) == views_of(book, VIEWS)
        found = verify(copy, views=VIEWS)
        assert (found.faults, found.views) == ([], "equal")
        assert (made.events, made.position, made.recorded_at) == (found.events, *_head(book))
    assert refused(lambda: open_sqlite(file, VIEWS, create=False).close()) == []


def _head(store: SqlStore) -> tuple[int, str]:
    head = store.head()
    return head.position, head.recorded_at


def test_it_is_told_by_size_and_digest_and_only_its_owner_can_read_it(
    book: SqlStore, home: Home, file: Path
) -> None:
    made = backed_up(home, file)
    content = file.read_bytes()
    assert (made.size, made.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert beside(file) == [file.name], "nothing else is left there"


def test_a_file_that_stands_there_is_replaced_only_by_force(book: SqlStore, home: Home, file: Path) -> None:
    backed_up(home, file)
    older = file.read_bytes()
    assert refused(lambda: backed_up(home, file)) == ["GT-DB-060"]
    assert file.read_bytes() == older
    for content in (older, b"", older[:5000]):  # a backup, the beginning of a file, a part of a backup
        file.write_bytes(content)
        backed_up(home, file, force=True)
        with closing(opened(file)) as copy:
            assert rows(copy) == rows(book)


def test_what_is_no_backup_is_not_replaced_at_all(book: SqlStore, home: Home, file: Path) -> None:
    file.write_text("db = 'sqlite:///kent.goldenthread'")
    assert refused(lambda: backed_up(home, file, force=True)) == ["GT-DB-060"]
    assert file.read_text() == "db = 'sqlite:///kent.goldenthread'"
    assert beside(file) == [file.name]


def test_a_book_that_somebody_has_open_is_not_replaced_at_all(book: SqlStore, home: Home, file: Path) -> None:
    backed_up(home, file)
    content = file.read_bytes()
    with closing(opened(file)) as reader:
        assert refused(lambda: backed_up(home, file, force=True)) == ["GT-DB-060"]
        assert reader.head() == book.head()
    assert file.read_bytes() == content
    backed_up(home, file, force=True)


def test_the_book_itself_is_no_place_for_its_backup(tmp_path: Path, desk: Any) -> None:
    home = SqliteHome(tmp_path)
    home.make(VIEWS).close()
    (tmp_path / "link.goldenthread").symlink_to(home.path)
    for path in (home.path, tmp_path / "link.goldenthread"):
        assert refused(lambda path=path: backed_up(home, path, force=True)) == ["GT-DB-060"]  # type: ignore[misc]


def test_what_is_left_of_another_book_is_not_mixed_up_with_it(book: SqlStore, home: Home, file: Path) -> None:
    Path(f"{file}-wal").write_bytes(b"x" * 100)
    assert refused(lambda: backed_up(home, file)) == ["GT-DB-060"]
    assert not file.exists()


def test_without_a_folder_there_is_no_backup(book: SqlStore, home: Home, tmp_path: Path) -> None:
    assert refused(lambda: backed_up(home, tmp_path / "nowhere" / "b")) == ["GT-DB-016"]
    assert refused(lambda: backed_up(home, tmp_path, force=True)) == ["GT-DB-060"]


@only_root
def test_without_the_right_to_write_it_is_said(desk: Any, tmp_path: Path) -> None:
    home = SqliteHome(tmp_path)
    fill(home.make(VIEWS), desk, 3)
    for path in (tmp_path, *tmp_path.parents[:3]):
        path.chmod(0o755)

    def task() -> None:
        with closing(open_sqlite(home.path, VIEWS, create=False, read_only=True)) as store:
            where = tmp_path / "backup.goldenthread"
            assert refused(lambda: back_up(store._database, "", where, VIEWS, force=False, watch=quiet)) == [
                "GT-DB-003"
            ]

    in_a_child(task, before=as_nobody)


# while others write --------------------------------------------------------------------------------------------


def test_others_go_on_writing_and_the_backup_is_one_moment(
    book: SqlStore, home: Home, file: Path, desk: Any
) -> None:
    picture = os.urandom(9_000_000)  # so that a file is copied in several steps
    book.commit(desk.unit(desk.part(), blobs={hashlib.sha256(picture).hexdigest(): picture}))
    before = rows(book)
    stages = ("Copying", "Carrying events", "Carrying commands", "Comparing")

    def work() -> None:
        fill(book, desk, 20)

    watches = [at(stage, work) for stage in stages]
    backed_up(home, file, lambda *told: [watch(*told) for watch in watches] and None)
    assert len(rows(book)["events"]) > len(before["events"]), "somebody wrote"
    with closing(opened(file)) as copy:
        assert rows(copy) == before
        assert copy.differences(VIEWS) == []


def test_a_process_that_never_stops_writing_never_stops_a_backup(home: Home, desk: Any, file: Path) -> None:
    store = home.make(VIEWS)
    fill(store, desk)
    store.close()
    child = os.fork()
    if child == 0:
        with closing(home.open(views=VIEWS)) as writer:
            while True:
                writer.commit(desk.of(desk.added("x" * 500), stream=f"s{os.getpid()}"))
    try:
        for number in range(3):
            each = file.with_name(f"{number}.goldenthread")
            made = backed_up(home, each)
            with closing(opened(each)) as copy:
                found = verify(copy, views=VIEWS)
                assert (found.events, found.faults, found.views) == (made.events, [], "equal")
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


# interrupted ---------------------------------------------------------------------------------------------------


def test_a_full_disk_leaves_no_half_file(home: Home, desk: Any, file: Path) -> None:
    store = home.make(VIEWS)
    fill(store, desk)
    store.close()

    def task() -> None:
        with closing(home.open(views=VIEWS)) as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, resource.RLIM_INFINITY))
            told = refused(lambda: back_up(store._database, "", file, VIEWS, force=False, watch=quiet))
            assert told == ["GT-DB-005"], told
            assert beside(file) == []
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            back_up(store._database, "", file, VIEWS, force=False, watch=quiet)

    in_a_child(task)
    opened(file).close()


def test_interrupted_by_hand_it_leaves_nothing(book: SqlStore, home: Home, file: Path) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    for stage in ("Copying", "Carrying commands", "Filling the views"):
        try:
            backed_up(home, file, at(stage, interrupt))
        except KeyboardInterrupt:
            assert beside(file) == [], stage
        else:
            file.unlink()  # that stage belongs to the other database


def test_killed_at_any_moment_there_is_no_backup_and_the_next_one_is_whole(
    home: Home, desk: Any, file: Path
) -> None:
    store = home.make(VIEWS)
    fill(store, desk, 12)
    expected = rows(store)
    store.close()
    killed = 0
    for call in range(1, 50):
        stage = killed_at(call, lambda watch: backed_up(home, file, watch))
        if stage is None:
            break
        assert not file.exists()
        killed += 1
    assert killed
    with closing(opened(file)) as copy:
        assert rows(copy) == expected
    assert beside(file) == [file.name, f"{file.name}-shm", f"{file.name}-wal"], "only what a reader keeps"


def test_two_do_not_write_the_same_file_at_once(book: SqlStore, home: Home, file: Path) -> None:
    told: list[list[str]] = []
    again = lambda: told.append(refused(lambda: backed_up(home, file)))  # noqa: E731
    watches = [at("Copying", again), at("Comparing", again)]
    backed_up(home, file, lambda *now: [watch(*now) for watch in watches] and None)
    assert told == [["GT-DB-061"]]


def test_a_damaged_book_is_not_backed_up_as_if_it_were_whole(tmp_path: Path, desk: Any, file: Path) -> None:
    home = SqliteHome(tmp_path)
    store = home.make(VIEWS)
    fill(store, desk)
    store.close()
    content = bytearray(home.path.read_bytes())
    content[8192:20480] = b"\xff" * 12288
    home.path.write_bytes(content)
    with closing(open_sqlite(home.path, (), create=False, read_only=True)) as damaged:
        codes = refused(lambda: back_up(damaged._database, "", file, VIEWS, force=False, watch=quiet))
    assert codes in (["GT-DB-062"], ["GT-DB-012"])
    assert beside(file) == []


def test_a_book_that_has_moved_is_backed_up_where_it_is_now(tmp_path: Path, desk: Any, file: Path) -> None:
    from adapters.sql.marks import Departed, depart

    home = SqliteHome(tmp_path)
    with closing(home.make(VIEWS)) as store, store._database.writing as cursor:
        depart(cursor, store._database.dialect, Departed(to="elsewhere", at=NOW, position=0))
    with closing(open_sqlite(home.path, VIEWS, create=False, read_only=True)) as store:
        assert refused(lambda: back_up(store._database, "", file, VIEWS, force=False, watch=quiet)) == [
            "GT-DB-244"
        ]
