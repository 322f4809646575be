"""A command that stood ready is the command that is started: the same words, the same code, its own folder and environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ready.program import DOOR, goldenthread, stand

PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("GOLDENTHREAD_")}
ENVIRONMENT = PLAIN | {"NO_COLOR": "1", "COLUMNS": "100"}


def started(*words: str, cwd: Path) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "goldenthread", *words],
        cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("words", [("--help",), ("pack", "list"), ("pack", "shwo"), ("dashboard",)])
def test_it_says_and_leaves_with_what_one_that_is_started_does(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    ready = goldenthread(words, tmp_path, ENVIRONMENT)
    assert (ready.returncode, ready.stdout, ready.stderr) == started(*words, cwd=tmp_path)
    assert ready.stdout + ready.stderr


def test_a_page_asks_for_it_with_its_own_streams_and_code(tmp_path: Path) -> None:
    words = [sys.executable, "-I", "-S", str(DOOR), str(stand(ENVIRONMENT)), "dashboard"]
    with (tmp_path / "told.txt").open("w+", encoding="utf-8") as told:
        left = subprocess.run(words, cwd=tmp_path, env=ENVIRONMENT, stdout=told, stderr=told, check=False)
        told.seek(0)
        code, out, err = started("dashboard", cwd=tmp_path)
        assert (left.returncode, told.read()) == (code, out + err)
        assert code != 0


def test_each_has_its_own_folder_and_environment(tmp_path: Path) -> None:
    (tmp_path / "goldenthread.toml").write_text("bok = 'kent'\n", "utf-8")
    assert "bok" in goldenthread(["dashboard"], tmp_path, ENVIRONMENT).stderr
    (tmp_path / "other").mkdir()
    begun = ENVIRONMENT | {"PYTHONHASHSEED": "1"}  # the first to ask for this stand, whose environment it has
    given = {"GOLDENTHREAD_DB": "mysql://localhost/figures"}
    assert "GT-USE-013" in goldenthread(["dashboard"], tmp_path / "other", begun | given).stderr
    assert "GT-USE-013" not in goldenthread(["dashboard"], tmp_path / "other", begun).stderr
    assert "GT-USE-013" in goldenthread(["dashboard"], tmp_path / "other", ENVIRONMENT | given).stderr


def test_interpreters_that_begin_otherwise_have_a_stand_of_their_own() -> None:
    assert stand(ENVIRONMENT) == stand(ENVIRONMENT | {"COLUMNS": "80"})
    assert stand(ENVIRONMENT) != stand(ENVIRONMENT | {"PYTHONWARNINGS": "error"})
