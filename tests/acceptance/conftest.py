"""The program as people run it: a process in a fresh folder. What only prepares a test runs the same commands in this process."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from adapters.cli.app import run
from goldenthread.__main__ import Program

ROOT = Path(__file__).resolve().parents[2]
OPENED, AFTER_Q3, WAITING, MEETING, LATER = (
    "2008-12-01T09:00:00+00:00",
    "2009-01-06T09:00:00+00:00",
    "2009-01-12T09:00:00+00:00",
    "2009-01-20T15:00:00+00:00",
    "2009-03-02T09:00:00+00:00",
)
FIGURE = "CH04/childrens/2008-Q3"
MATTER = "CH04/childrens#1"


@dataclass(frozen=True)
class Result:
    """What a process left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Council:
    """A project folder and a clock that stands still until it is moved."""

    folder: Path
    at: str = OPENED
    environment: dict[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    """The program that runs it, where there is one between."""

    def run(self, *arguments: str) -> Result:
        """One command as a process."""
        program = [sys.executable, "-m", "goldenthread", "-C", str(self.folder), "--clock", self.at]
        done = subprocess.run(
            [*self.before, *program, *arguments],
            cwd=ROOT,
            env=_environment() | self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def does(self, *arguments: str) -> None:
        """One command in this process; it must succeed."""
        code = run(Program(), ["-C", str(self.folder), "--clock", self.at, "-q", *arguments])
        assert code == 0, f"goldenthread {' '.join(arguments)} left with {code}"

    def events(self) -> int:
        """How many events the record holds."""
        connection = sqlite3.connect(f"file:{self.folder}/book.goldenthread?mode=ro", uri=True)
        try:
            return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])
        finally:
            connection.close()


def _environment() -> dict[str, str]:
    """That of a plain shell; compiled modules are kept, or every process would compile everything again."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"NO_COLOR": "1", "COLUMNS": "120"}


def _open(council: Council) -> None:
    council.does(
        "init",
        "--pack",
        "hampshire-2008",
        "--council",
        "Hampshire County Council",
        "--proposer",
        "Ann Parker",
        "--approver",
        "Bob Reed",
    )
    council.does("pack", "adopt", "--as", "Bob Reed")
    for name in ("Cara Doe", "Dev Shah", "Eve Hall", "Finn Low"):
        council.does("person", "add", name, "--as", "Ann Parker")
    council.does("role", "assign", "Cara Doe", "data_enterer", "--as", "p1")
    council.does("role", "assign", "Dev Shah", "data_manager", "--as", "p1")
    council.does("role", "assign", "Eve Hall", "service_manager", "--as", "p1")
    council.does("role", "assign", "Finn Low", "clerk", "--for", "CPEG", "--as", "p1")
    council.does("service", "add", "childrens", "--label", "Children's services", "--as", "p1")
    council.does(
        "indicator", "add", "CH04", "--title", "Initial assessments within 7 days", "--polarity", "higher",
        "--frequency", "quarter", "--measured-in", "percent", "--service", "childrens",
        "--field", "important_locally=yes", "--as", "p1",
    )  # fmt: skip
    council.does("meeting", "add", "CPEG", "2009-01-20", "--as", "p1")


def _copy(template: Path, folder: Path, at: str) -> Council:
    shutil.copytree(template, folder, dirs_exist_ok=True)
    return Council(folder, at)


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an open book: people, roles, one indicator, one meeting."""
    folder = tmp_path_factory.mktemp("opened")
    _open(Council(folder))
    return folder


@pytest.fixture(scope="session")
def referred(opened: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, a red figure confirmed and the matter referred to CPEG."""
    council = _copy(opened, tmp_path_factory.mktemp("referred"), AFTER_Q3)
    council.does("figure", "enter", FIGURE, "71.4", "--status", "red", "--as", "Cara Doe")
    council.does("figure", "confirm", FIGURE, "--as", "Dev Shah")
    return council.folder


@pytest.fixture
def empty(tmp_path: Path) -> Council:
    return Council(tmp_path)


@pytest.fixture
def town(opened: Path, tmp_path: Path) -> Council:
    """An open book, the first quarter over."""
    return _copy(opened, tmp_path, AFTER_Q3)


@pytest.fixture
def concerned(referred: Path, tmp_path: Path) -> Council:
    """A matter waits for CPEG; nothing is due yet."""
    return _copy(referred, tmp_path, WAITING)
