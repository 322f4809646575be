"""A campaign's children: forked processes that kill themselves at a named failpoint, and how each of them ended."""

from __future__ import annotations

import os
import select
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

import pytest

from adapters.sql.store import Failpoint

NEEDS_FORK = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL")


def dies(visit: int, place: str | None = None) -> Failpoint:
    """A failpoint at whose `visit`-th call (for `place`, or any) this very process is killed without warning."""
    left = visit

    def failpoint(name: str) -> None:
        nonlocal left
        if place in (None, name):
            left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return failpoint


@dataclass(frozen=True, slots=True)
class Child:
    """A child that lives; its end of the pipe closes when it ends, however it ends."""

    pid: int
    ends: int

    def fileno(self) -> int:
        """What `select` waits for."""
        return self.ends


def start(life: Callable[[], object]) -> Child:
    """Fork a child that lives this life. It opens its own stores; none may be open here."""
    hears, holds = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(hears)
        _live(life)
    os.close(holds)
    return Child(pid, hears)


def _live(life: Callable[[], object]) -> NoReturn:
    try:
        life()
        os._exit(0)
    finally:
        traceback.print_exc()
        os._exit(1)


def first_to_end(children: Sequence[Child]) -> Child:
    """Wait until one of them ends."""
    ended: list[Child] = select.select(children, [], [])[0]
    return ended[0]


def was_killed(child: Child) -> bool:
    """Whether it was killed; False where it came to its end by itself, which must be a good one."""
    os.close(child.ends)
    _, status = os.waitpid(child.pid, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL, f"a child died of signal {os.WTERMSIG(status)}"
        return True
    assert os.WEXITSTATUS(status) == 0, "a child failed; its traceback stands above"
    return False


def stop(children: Sequence[Child]) -> None:
    """Kill those that still live; how the others ended no longer matters."""
    for child in children:
        os.kill(child.pid, signal.SIGKILL)
    for child in children:
        os.close(child.ends)
        os.waitpid(child.pid, 0)
