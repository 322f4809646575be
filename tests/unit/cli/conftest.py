"""A folder of its own for each test, and the program run in this process."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.cli.app import run
from goldenthread.__main__ import Program

OPENED = "2008-12-01T09:00:00+00:00"


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


@dataclass
class Desk:
    """A project folder at one instant."""

    folder: Path
    at: str = OPENED

    def types(self, *arguments: str) -> Said:
        """Run one command."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(Program(), ["-C", str(self.folder), "--clock", self.at, *arguments])
        return Said(code, out.getvalue(), err.getvalue())

    def does(self, *arguments: str) -> str:
        """Run one command that must succeed."""
        said = self.types(*arguments)
        assert said.code == 0, said
        return said.out


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name in ("AS", "DB", "BOOK", "CLOCK", "LOG"):
        monkeypatch.delenv(f"GOLDENTHREAD_{name}", raising=False)
    return Desk(tmp_path)
