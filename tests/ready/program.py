"""The program standing ready: commands as processes of their own, without loading the same modules a thousand times.

A command as people type it is a process: its arguments, its folder, its environment, its three streams, an exit code.
Nine tenths of what it costs is loading modules. A stand has loaded them and nothing more; each command is a fork of it
in which ``python -m goldenthread`` is run, and which ends as any program ends. Tests of the start itself, of what an
account may do and of signals start the program as ever.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from tests.ready.door import ask

ROOT = Path(__file__).resolve().parents[2]
DOOR = Path(__file__).with_name("door.py")
READ_AT_THE_START = ("PYTHON", "LANG", "LC_")
"""What an interpreter reads from its environment once, when it begins: there is a stand for each kind of beginning."""
PATIENCE = 120.0
"""Seconds that a command may take."""

_STANDS: dict[frozenset[tuple[str, str]], Path] = {}


def goldenthread(
    words: Sequence[str], cwd: Path, environment: Mapping[str, str], before: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """One command: what it left with, and what it wrote to its outputs. What stands `before` it starts it as ever."""
    if before:
        command = [*before, sys.executable, "-m", "goldenthread", *words]
        return subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    with open(os.devnull, "rb") as nothing, _written() as out, _written() as err:
        streams = [each.fileno() for each in (nothing, out, err)]
        code = ask(str(stand(environment)), words, str(cwd), environment, streams, PATIENCE)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(list(words), code, out.read(), err.read())


def stand(environment: Mapping[str, str]) -> Path:
    """The socket of a stand whose interpreter began as one would begin in this environment."""
    kind = frozenset(each for each in environment.items() if each[0].startswith(READ_AT_THE_START))
    if kind not in _STANDS:
        _STANDS[kind] = _put_up(environment)
    return _STANDS[kind]


def _put_up(environment: Mapping[str, str]) -> Path:
    place = Path(tempfile.mkdtemp(prefix="gtready-"))
    command = [sys.executable, "-m", "tests.ready.stand", str(place / "socket")]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE)
    atexit.register(_take_down, process, place, os.getpid())
    while not (place / "socket").exists():
        assert process.poll() is None, "the program could not be loaded; its traceback stands above"
        time.sleep(0.01)
    return place / "socket"


def _take_down(process: subprocess.Popen[bytes], place: Path, keeper: int) -> None:
    if os.getpid() == keeper:  # a forked child leaves it alone
        process.terminate()
        process.communicate()
        shutil.rmtree(place, ignore_errors=True)


def _written() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8")
