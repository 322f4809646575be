"""One lock of the operating system around writes and checkpoints of a SQLite file.

SQLite before 3.51.3 can corrupt a WAL file when one writer resets it while another starts; a lock held by one
writer at a time keeps that from happening. The lock belongs to the open file, so it is gone when its holder dies.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

try:
    import fcntl

    def _try(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _free(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)

except ImportError:  # Windows
    import msvcrt

    def _try(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # exists on Windows

    def _free(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]  # exists on Windows


def _taken(handle: int) -> bool:
    try:
        _try(handle)
    except OSError:
        return False
    return True


def _stands(handle: int, path: str) -> bool:
    """Whether the file is still the one of that name: a lock on a deleted file keeps nobody out."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


@contextmanager
def alone(path: str) -> Iterator[bool]:
    """Whether nobody else holds the lock on this file, which is then held until the end of the block; never waits."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o664)
    try:
        yield _taken(handle) and _stands(handle, path)
    finally:
        os.close(handle)


_SHORTEST, _LONGEST = 0.0002, 0.01


class FileLock:
    """A lock on a file beside the book; empty, and never deleted, since another may be about to take it."""

    def __init__(self, path: str, wait_seconds: float) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o664)
        self._wait = wait_seconds

    def take(self, refused: Callable[[], Exception]) -> None:
        """Take it; where somebody holds it for too long, raise what `refused` answers."""
        try:
            _try(self._handle)
        except OSError:
            self._wait_for_it(refused)

    def _wait_for_it(self, refused: Callable[[], Exception]) -> None:
        deadline, pause = time.monotonic() + self._wait, _SHORTEST
        while True:
            if time.monotonic() > deadline:
                raise refused()
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST)
            try:
                _try(self._handle)
            except OSError:
                continue
            return

    def release(self) -> None:
        """Let the next one in."""
        _free(self._handle)

    def close(self) -> None:
        """Give the file back; a lock still held is released by it."""
        os.close(self._handle)
