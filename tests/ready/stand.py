"""A stand: it has loaded the program and nothing more, and splits off a process for each command that is asked for.

``python -m tests.ready.stand SOCKET`` ends with whoever holds its standard input.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import os
import pkgutil
import runpy
import select
import socket
import sys
import time
from collections.abc import Sequence
from typing import NoReturn

PARTS = ("events", "rules", "workflows", "engine", "adapters", "goldenthread")
LOADED_WHEN_NEEDED = (
    "alembic.command",
    "psycopg",
    "rich.markup",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
)
"""What commands load by a name that they work out."""


def stand_at(path: str) -> None:
    """Load the program, then split off a process for whoever knocks, until standard input is closed."""
    _load()
    gc.collect()
    gc.freeze()  # what is loaded stays shared between the processes
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(f"{path}.new")
        door.listen(64)
        os.rename(f"{path}.new", path)  # whoever sees it may knock
        while sys.stdin not in select.select([door, sys.stdin], [], [])[0]:
            caller, _ = door.accept()
            if os.fork() == 0:
                door.close()
                _attend(caller)
            caller.close()
            _forget_who_has_ended()


def _load() -> None:
    for part in PARTS:
        package = importlib.import_module(part)
        for module in pkgutil.walk_packages(package.__path__, f"{part}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    for name in LOADED_WHEN_NEEDED:
        importlib.import_module(name)


def _forget_who_has_ended() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _attend(caller: socket.socket) -> None:
    """Have the command done in one more process, and tell the caller how that one ended."""
    size, streams, _, _ = socket.recv_fds(caller, 4, 3)
    with caller.makefile("rb") as sent:
        said = sent.read(int.from_bytes(size, "big")).decode("utf-8", "surrogateescape")
    folder, count, *words = said.split("\0")
    command = os.fork()
    if command == 0:
        caller.close()
        _become(folder, words[: int(count)], words[int(count) :], streams)
    for each in streams:
        os.close(each)
    ended = os.waitstatus_to_exitcode(os.waitpid(command, 0)[1])
    caller.sendall(ended.to_bytes(4, "big", signed=True))
    os._exit(0)


def _become(folder: str, words: Sequence[str], environment: Sequence[str], streams: Sequence[int]) -> None:
    """Go on as ``python -m goldenthread WORDS`` in that folder, and end as it ends."""
    for here, given in enumerate(streams):
        os.dup2(given, here)
        os.close(given)
    sys.stdin, sys.stdout, sys.stderr = (_opened(number) for number in range(3))
    os.chdir(folder)
    os.environ.clear()
    for each in environment:
        name, _, value = each.partition("=")
        os.environ[name] = value
    time.tzset()
    sys.argv[1:] = words
    try:
        runpy.run_module("goldenthread", run_name="__main__", alter_sys=True)
    except SystemExit as left:
        _leave(int(left.code or 0))


def _leave(code: int) -> NoReturn:
    """As an interpreter leaves, but that it does not take down module by module what the stand has loaded."""
    atexit._run_exitfuncs()
    gc.collect()  # what was left open complains now
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _opened(number: int) -> io.TextIOWrapper:
    """A stream as an interpreter opens it when it begins."""
    usual = (sys.__stdin__, sys.__stdout__, sys.__stderr__)[number]
    assert usual is not None
    return io.TextIOWrapper(
        open(number, "wb" if number else "rb", closefd=False),
        encoding=usual.encoding,
        errors=usual.errors,
        line_buffering=number == 2 or os.isatty(number),
    )


if __name__ == "__main__":
    stand_at(sys.argv[1])
