"""The program as people run it: a process in a fresh folder, on every database.

What only prepares a test runs the same commands in this process. A book that is prepared once is copied for each
test: its file, or in PostgreSQL the database that serves as a template.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from adapters.cli.app import run
from goldenthread.__main__ import Program
from goldenthread.places import Place
from goldenthread.settings import read_settings
from tests import postgres
from tests.ready.program import goldenthread

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
    db: str = ""
    """As ``--db`` takes it; empty for a file in the folder."""
    at: str = OPENED
    environment: dict[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    """The program that runs it, where there is one between."""

    def run(self, *arguments: str) -> Result:
        """One command as a process; where nothing stands before it, one that need not load the program anew."""
        words, environment = [*self.options, *arguments], _environment() | self.environment
        done = goldenthread(words, ROOT, environment, self.before)
        return Result(done.returncode, done.stdout, done.stderr)

    def does(self, *arguments: str) -> None:
        """One command in this process; it must succeed."""
        code = run(Program(), [*self.options, "-q", *arguments])
        assert code == 0, f"goldenthread {' '.join(arguments)} left with {code}"

    @property
    def options(self) -> list[str]:
        """Which folder, which book, and what the clock says."""
        return ["-C", str(self.folder), *(["--db", self.db] if self.db else []), "--clock", self.at]

    @property
    def place(self) -> Place:
        """Where the book stands."""
        return read_settings(self.folder, {"db": self.db} if self.db else {}).place(self.folder)

    def events(self) -> int:
        """How many events the record holds."""
        store = self.place.open((), write=False)
        try:
            return store.head().position
        finally:
            store.close()


def hears_interruptions() -> None:
    """In a new process: SIGINT interrupts it, though whoever started the tests in the background had it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


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
    council.does("role", "assign", "Bob Reed", "clerk", "--for", "CABINET", "--as", "Ann Parker")
    council.does("pack", "adopt", "--on-behalf-of", "CABINET", "--as", "Bob Reed")
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


_NUMBERS = itertools.count(1)


def _new_database(template: str = "") -> str:
    """A database of its own, empty or with everything that another holds."""
    return postgres.new_database(f"town_{os.getpid()}_{next(_NUMBERS)}", template)


def _copied(template: Council, folder: Path, at: str) -> Council:
    shutil.copytree(template.folder, folder, dirs_exist_ok=True)
    return Council(folder, _new_database(template.db) if template.db else "", at)


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """Every database that a book can be kept in."""
    return str(request.param)


@pytest.fixture(scope="session")
def opened(database: str, tmp_path_factory: pytest.TempPathFactory) -> Council:
    """An open book: people, roles, one indicator, one meeting."""
    council = Council(tmp_path_factory.mktemp("opened"), _new_database() if database == "postgres" else "")
    _open(council)
    return council


@pytest.fixture(scope="session")
def referred(opened: Council, tmp_path_factory: pytest.TempPathFactory) -> Council:
    """The same, a red figure confirmed and the matter referred to CPEG."""
    council = _copied(opened, tmp_path_factory.mktemp("referred"), AFTER_Q3)
    council.does("figure", "enter", FIGURE, "71.4", "--status", "red", "--as", "Cara Doe")
    council.does("figure", "confirm", FIGURE, "--as", "Dev Shah")
    return council


@pytest.fixture
def empty(database: str, tmp_path: Path) -> Council:
    """A folder, and no book yet."""
    return Council(tmp_path, _new_database() if database == "postgres" else "")


@pytest.fixture
def town(opened: Council, tmp_path: Path) -> Council:
    """An open book, the first quarter over."""
    return _copied(opened, tmp_path, AFTER_Q3)


@pytest.fixture
def concerned(referred: Council, tmp_path: Path) -> Council:
    """A matter waits for CPEG; nothing is due yet."""
    return _copied(referred, tmp_path, WAITING)
