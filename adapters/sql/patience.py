"""Waiting for another program to let go of the book, and saying so where it takes longer than people wait in silence."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TypeVar

SECONDS = 2.0
"""After so long somebody wonders."""

T = TypeVar("T")


class Patience:
    """Calls `tell` once, from a thread of its own, where a wait lasts longer than `seconds`; never without `tell`."""

    def __init__(self, tell: Callable[[], None] | None, seconds: float = SECONDS) -> None:
        self._tell = tell
        self._seconds = seconds
        self._told = False

    def entering(self, block: AbstractContextManager[T]) -> AbstractContextManager[T]:
        """The same block; only getting into it counts as waiting, not what is done inside."""
        return block if self._tell is None else _Watched(self, block)

    def waiting(self) -> Wait:
        """While this block lasts, or until its `over`, somebody else may be waited for."""
        tells = self._tell is not None and not self._told
        return Wait(threading.Timer(self._seconds, self._say) if tells else None)

    def _say(self) -> None:
        if self._tell is not None and not self._told:
            self._told = True
            self._tell()


class Wait:
    """One wait, which may be over before its block ends."""

    def __init__(self, timer: threading.Timer | None) -> None:
        self._timer = timer

    def __enter__(self) -> Wait:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def over(self) -> None:
        """Nobody is waited for any more."""
        if self._timer is not None:
            self._timer.cancel()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over()


class _Watched(AbstractContextManager[T]):
    def __init__(self, patience: Patience, block: AbstractContextManager[T]) -> None:
        self._patience = patience
        self._block = block

    def __enter__(self) -> T:
        with self._patience.waiting():
            return self._block.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return self._block.__exit__(kind, error, trace)
