"""Killed, interrupted or out of room at any moment, there is the old book or the new."""

from __future__ import annotations

import hashlib
import os
import resource
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from adapters.sql import open_sqlite
from tests.campaigns.homes import SqliteHome

from .custody import a_file, at, killed_at, killed_when, refused
from .meetings import VIEWS
from .restoring import Restoring, now_holds, record, whole
from .test_sqlite_trouble import in_a_child


def test_killed_at_any_moment_there_is_the_old_book_or_the_new(
    restore: Restoring, expected: Any, desk: Any
) -> None:
    later = record(restore, desk)
    killed = 0
    for call in range(1, 60):
        stage = killed_at(call, lambda watch: restore(watch, replace=True))
        if stage is None:
            break
        killed += 1
        assert (
            now_holds(restore) in (later, expected) if stage == "Restoring" else now_holds(restore) == later
        )
    assert killed > 2
    assert now_holds(restore) == expected


@pytest.mark.parametrize("read_only", [False, True])
def test_killed_while_the_file_is_written_over_the_old_book_comes_back(
    tmp_path: Path, desk: Any, read_only: bool
) -> None:
    (tmp_path / "home").mkdir()
    restore = Restoring(SqliteHome(tmp_path / "home"), a_file(tmp_path, desk, VIEWS))
    with closing(open_sqlite(restore.backup, VIEWS, create=False)) as store:
        content = os.urandom(45_000_000)
        store.commit(desk.unit(desk.part(), blobs={hashlib.sha256(content).hexdigest(): content}))
    restore()
    later = record(restore, desk)
    half_way = killed_when(
        lambda stage, done, total: stage == "Restoring" and 0.8 < done / total < 1,
        partial(restore, replace=True),
    )
    assert half_way == "Restoring"
    assert isinstance(restore.home, SqliteHome)
    assert Path(f"{restore.home.path}-journal").exists(), "it was half-way"
    with closing(open_sqlite(restore.home.path, VIEWS, create=False, read_only=read_only)) as store:
        assert whole(store) == later
    restore(replace=True)
    now_holds(restore)


def test_interrupted_by_hand_the_old_book_stands(restore: Restoring, expected: Any, desk: Any) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    later, places = record(restore, desk), restore.places()
    for stage in ("Verifying the backup", "Copying", "Carrying commands", "Filling the views"):
        try:
            restore(at(stage, interrupt), replace=True)
        except KeyboardInterrupt:
            assert now_holds(restore) == later, stage
            assert {name for name in restore.places() - places if ".aside" not in name} <= {
                f"{getattr(restore.home, 'schema', '')}.restoring"
            }
        else:
            record(restore, desk)  # that stage belongs to the other database
            with closing(restore.home.open(views=VIEWS)) as store:
                later = whole(store)
    restore(replace=True)
    assert now_holds(restore) == expected


def test_a_full_disk_leaves_the_old_book(tmp_path: Path, desk: Any) -> None:
    (tmp_path / "home").mkdir()
    restore = Restoring(SqliteHome(tmp_path / "home"), a_file(tmp_path, desk, VIEWS))
    restore()
    before = now_holds(restore)

    def task() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, resource.RLIM_INFINITY))
        assert refused(partial(restore, replace=True)) == ["GT-DB-005"]

    in_a_child(task)
    assert now_holds(restore) == before
    assert restore.places() == {"book.goldenthread"}
