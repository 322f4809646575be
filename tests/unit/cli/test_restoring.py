"""What is wrong with a backup is looked at from wherever one is, with the command that the refusal names."""

from __future__ import annotations

import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from .conftest import Desk


@pytest.fixture
def elsewhere(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A book in one folder, and whoever keeps it in another."""
    folder = tmp_path / "keeper"
    folder.mkdir()
    monkeypatch.chdir(folder)
    desk.does(
        "init", "--pack", "hampshire-2008", "--council", "Kent", "--proposer", "Ada Lead", "--approver", "Ben Two",
    )  # fmt: skip
    desk.does("db", "backup", "monday.goldenthread")
    return desk


@pytest.mark.parametrize("name", ["monday.goldenthread", "Ada's 100% monday%20.goldenthread"])
def test_the_command_that_tells_the_faults_of_a_backup_finds_it_from_the_projects_folder(
    elsewhere: Desk, name: str
) -> None:
    if name != "monday.goldenthread":
        Path("monday.goldenthread").rename(name)
    with closing(sqlite3.connect(name)) as backup:
        backup.executescript(
            "DROP TRIGGER events_no_update; UPDATE events SET actor = 'p9' WHERE position = 2;"
        )
    refused = elsewhere.types("db", "restore", name)
    assert (refused.code, "GT-DB-067" in refused.err) == (70, True), refused
    named = re.search("'goldenthread (audit verify .*)' tells every fault", refused.err)
    assert named is not None
    told = elsewhere.types(*shlex.split(named[1]))
    assert (told.code, "p9" in told.out + told.err) == (1, True), told


def test_a_backup_is_told_of_by_the_name_that_was_given(elsewhere: Desk) -> None:
    done = elsewhere.types("db", "restore", "monday.goldenthread", "--replace")
    assert " events from monday.goldenthread to " in done.out, done


@pytest.mark.parametrize("name", ["a b.goldenthread", "100%.goldenthread"])
def test_the_command_that_verifies_a_backup_can_be_copied_as_it_stands(elsewhere: Desk, name: str) -> None:
    said = elsewhere.types("db", "backup", name).err
    named = re.search("Next: goldenthread (.*)", said)
    assert named is not None
    told = elsewhere.types(*shlex.split(named[1]))
    assert told.code == 0, told
