"""What stands in the place and is no longer a book is replaced only on demand, and kept."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from adapters.sql import open_sqlite
from tests.campaigns.homes import SqliteHome

from .custody import NOW, a_file, at, refused
from .meetings import VIEWS
from .restoring import Restoring, now_holds, record


@pytest.mark.parametrize("content", [b"\xff" * 20_000, b"SQLite format 3\x00" + b"\xff" * 20_000])
def test_what_cannot_be_read_is_replaced_only_on_demand_and_kept(
    tmp_path: Path, desk: Any, content: bytes
) -> None:
    (tmp_path / "home").mkdir()
    restore = Restoring(SqliteHome(tmp_path / "home"), a_file(tmp_path, desk, VIEWS))
    home = restore.home
    assert isinstance(home, SqliteHome)
    home.path.write_bytes(content)
    Path(f"{home.path}-wal").write_bytes(b"what was written last")
    assert refused(restore) == ["GT-DB-064"]
    assert home.path.read_bytes() == content
    done = restore(replace=True)
    assert done.unreadable
    assert Path(done.aside).read_bytes() == content
    assert Path(f"{done.aside}-wal").read_bytes() == b"what was written last"
    assert not Path(f"{home.path}-wal").exists()
    now_holds(restore)


def test_last_facts_without_their_book_are_kept_and_not_mixed_in(tmp_path: Path, desk: Any) -> None:
    (tmp_path / "home").mkdir()
    home = SqliteHome(tmp_path / "home")
    restore = Restoring(home, a_file(tmp_path, desk, VIEWS))
    Path(f"{home.path}-wal").write_bytes(b"what was written last")
    assert refused(restore) == ["GT-DB-064"]
    done = restore(replace=True)
    assert Path(f"{done.aside}-wal").read_bytes() == b"what was written last"
    now_holds(restore)


def test_a_file_whose_book_moved_away_is_written_again_once_it_is_restored(tmp_path: Path, desk: Any) -> None:
    from adapters.sql.marks import Departed, depart

    file = a_file(tmp_path, desk, VIEWS)
    with closing(open_sqlite(file, VIEWS, create=False)) as store, store._database.writing as cursor:
        depart(cursor, store._database.dialect, Departed(to="elsewhere", at=NOW, position=1))
    (tmp_path / "home").mkdir()
    restore = Restoring(SqliteHome(tmp_path / "home"), file)
    restored = restore()
    assert len(record(restore, desk, 1)["events"]) == restored.events + 1


def test_a_file_whose_book_moved_away_is_replaced_only_on_demand(tmp_path: Path, desk: Any) -> None:
    from adapters.sql.marks import Departed, depart

    home = SqliteHome(tmp_path)
    home.make(VIEWS).close()
    with closing(home.open(views=VIEWS)) as store, store._database.writing as cursor:
        depart(cursor, store._database.dialect, Departed(to="the server", at=NOW, position=0))
    (tmp_path / "backups").mkdir()
    restore = Restoring(home, a_file(tmp_path / "backups", desk, VIEWS))
    assert refused(restore) == ["GT-DB-073"]
    assert "the server" in Path(restore(replace=True).aside).read_bytes().decode("utf-8", "replace")
    before = now_holds(restore)["events"]
    assert record(restore, desk, 1)["events"][:-1] == before, "the restored book is written again"


def test_a_book_made_while_a_backup_is_being_prepared_is_left_alone(tmp_path: Path, desk: Any) -> None:
    (tmp_path / "backups").mkdir()
    home = SqliteHome(tmp_path)
    restore = Restoring(home, a_file(tmp_path / "backups", desk, VIEWS))

    def somebody_is_faster() -> None:
        with closing(home.make(VIEWS)) as made:
            made.commit(desk.of(desk.added(), command_id="theirs"))

    assert refused(partial(restore, at("Verifying the backup", somebody_is_faster))) == ["GT-DB-069"]
    with closing(home.open(views=VIEWS)) as theirs:
        assert theirs.command("theirs") is not None
        assert theirs.head().position == 1
