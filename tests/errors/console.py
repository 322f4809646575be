"""What is typed in a council's folder until the product refuses: the lines of an entry, run one after another.

The folder holds a council's book (`council.txt` says how it came about), the example pack and the shared workflows;
the clock stands still. A line that begins with `goldenthread` is run in this process, one that begins with `sqlite3`
does to the book what somebody with the file could do, and any other is the shell's. ``[exit 5]`` below a line is what
it leaves with; a line without it must succeed.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from adapters.cli.app import run
from adapters.cli.root import Root
from events.errors import Place, Problem
from goldenthread.__main__ import Program

HERE = Path(__file__).parent
COUNCIL = (HERE / "council.txt").read_text(encoding="utf-8")
"""The lines by which the council's book came about."""
LIBRARY = HERE.parent.parent / "packs" / "library"
_EXIT = re.compile(r"\[exit (\d+)\]")


def console(text: str) -> Sequence[Problem]:
    """Lines typed in the council's folder; answers what the last command of goldenthread had to say."""
    with council_folder():
        return _typed(text)


def csv(text: str) -> Sequence[Problem]:
    """A file of figures, imported by an analyst."""
    with council_folder():
        Path("return.csv").write_text(text, encoding="utf-8")
        return goldenthread(["figure", "import", "return.csv", "--as", "Priya"])[1]


@contextlib.contextmanager
def council_folder() -> Iterator[None]:
    """A folder of its own with a copy of the council's files, to stand in."""
    with _folder():
        for name, content in _files().items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(content)
        yield


@cache
def _files() -> dict[str, bytes]:
    with _folder():
        shutil.copytree(HERE / "example", "example")
        shutil.copytree(LIBRARY, "library")
        _typed(COUNCIL)
        return {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


@contextlib.contextmanager
def _folder() -> Iterator[None]:
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("GOLDENTHREAD_")}
    try:
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            yield
    finally:
        os.environ.update(kept)


def _typed(text: str) -> Sequence[Problem]:
    told: Sequence[Problem] = ()
    lines = [line for line in text.splitlines() if line.strip()]
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if _EXIT.fullmatch(line):
            continue
        expected = _EXIT.fullmatch(below)
        left_with, told = _run(line)
        assert left_with == (int(expected[1]) if expected else 0), (line, left_with, told)
    return told


def _run(line: str) -> tuple[int, Sequence[Problem]]:
    if not line.startswith(("goldenthread ", "sqlite3 ")):
        return subprocess.run(["sh", "-c", line], check=False).returncode, ()
    program, *words = shlex.split(line)
    if program == "goldenthread":
        return goldenthread(words)
    with contextlib.closing(sqlite3.connect(words[0])) as book:
        book.executescript(words[1])
    return 0, ()


def goldenthread(words: Sequence[str], root: Root | None = None) -> tuple[int, Sequence[Problem]]:
    """The exit code, and every problem and finding of the answer."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        left_with = run(root or Program(), ["--json", *words])
    try:
        answer = json.loads(out.getvalue())
    except json.JSONDecodeError:  # help, or the story of the demonstration
        return left_with, ()
    return left_with, [
        _problem(each) for each in answer.get("problems", answer.get("rows", ())) if "fix" in each
    ]


def _problem(told: dict[str, Any]) -> Problem:
    at = told.get("place") or told
    place = Place(file=at["file"], line=at["line"], column=at["column"]) if "line" in at else None
    return Problem(code=told["code"], sentence=told["sentence"], fix=told["fix"], place=place)
