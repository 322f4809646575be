"""What this account may not read or write is told in a sentence, wherever the program came upon it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Council, Result


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a pack; what a test locks is unlocked again."""
    made = Path(tempfile.mkdtemp(prefix="goldenthread-test-"))
    shutil.copytree(Path(__file__).parents[2] / "packs" / "hampshire-2008", made / "mine")
    yield made
    for path in (made, *made.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(made)


@pytest.fixture
def council(folder: Path) -> Council:
    return Council(folder, before=_without_privileges())


def _without_privileges() -> tuple[str, ...]:
    """Root may read anything; what it runs here may not."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("these tests run as root, and setpriv is not there to take root's privileges away")
    lost = "-dac_override,-dac_read_search"
    return ("setpriv", "--bounding-set", lost, "--inh-caps", lost)


def assert_told(told: Result, file: Path) -> None:
    assert told.code == 5, told
    assert told.out == ""
    assert f"{file} cannot be read or written: Permission denied." in told.err
    assert "[GT-USE-035]" in told.err


def test_settings_that_cannot_be_read_are_told(council: Council) -> None:
    settings = council.folder / "goldenthread.toml"
    settings.write_text('book = "kent"\n', "utf-8")
    settings.chmod(0)
    assert_told(council.run("dashboard"), settings)


def test_a_project_folder_that_cannot_be_entered_is_told(council: Council) -> None:
    council.folder.chmod(0)
    told = council.run("dashboard")
    assert (told.code, "is not readable" in told.err) == (2, True), told
    council.folder.chmod(0o444)  # its name can be read, and nothing in it
    assert_told(council.run("dashboard"), council.folder / "goldenthread.toml")


@pytest.mark.parametrize("command", ["check", "show", "test"])
def test_a_pack_that_cannot_be_read_is_told(council: Council, command: str) -> None:
    pack = council.folder / "mine"
    (pack / "pack.yaml").chmod(0)
    assert_told(council.run("pack", command, str(pack)), pack / "pack.yaml")
    (pack / "pack.yaml").chmod(0o644)
    pack.chmod(0)
    assert_told(council.run("pack", command, str(pack)), pack / "pack.yaml")


def test_a_folder_that_the_demonstration_may_not_write_is_told(council: Council) -> None:
    where = council.folder / "locked"
    where.mkdir()
    where.chmod(0o555)
    assert_told(council.run("demo", str(where)), where / "goldenthread.toml")
    where.chmod(0o444)
    assert council.run("demo", str(where)).code == 5
