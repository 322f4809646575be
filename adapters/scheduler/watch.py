"""The main thread of a worker: it waits to be told to stop, and watches the heart meanwhile."""

from __future__ import annotations

import queue
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import FrameType

from adapters.scheduler.heart import Beat, Heart

SIGNALS = (signal.SIGTERM, signal.SIGINT)
_LOOK_EVERY = 1.0
"""Seconds between two looks at the heart."""


def beat_until_told(
    beat: Beat, *, every: timedelta, patience: timedelta, now: datetime, told: Callable[[str], None]
) -> tuple[str | None, bool]:
    """Beat until SIGTERM or SIGINT comes, or the heart fails; the unit of work at hand is finished.

    Answers why the heart failed (``thread``, ``beats``; None where it was told to stop), and whether it came to rest:
    where it did not, a thread hangs for ever, and only leaving without it ends the process. `told` hears
    ``stopping`` or ``heart failed`` as soon as it is known. A second signal changes nothing.
    """
    heart = Heart(beat, every, patience)
    with _signals() as asked:
        heart.start(now)
        trouble = _wait(heart, asked)
        told("heart failed" if trouble else "stopping")
        return trouble, heart.stop()


def _wait(heart: Heart, asked: queue.SimpleQueue[int]) -> str | None:
    while True:
        try:
            asked.get(timeout=_LOOK_EVERY)
        except queue.Empty:
            if (trouble := heart.trouble()) is not None:
                return trouble
        else:
            return None


@contextmanager
def _signals() -> Iterator[queue.SimpleQueue[int]]:
    """A queue of the signals that come; a `SimpleQueue` may be filled from a handler at any point."""
    asked: queue.SimpleQueue[int] = queue.SimpleQueue()

    def note(number: int, _: FrameType | None) -> None:
        asked.put(number)

    before = {number: signal.signal(number, note) for number in SIGNALS}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
