"""A heart: it calls a beat at once and then every so often, one at a time, in a thread of its own.

APScheduler keeps the time and nothing else: its jobs stand in memory, beats that were missed are made up for by one,
and none is ever dropped for being late. What is due stands in the book. A scheduler whose thread has died still says
that it runs, so the heart counts signs of life itself.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

logging.getLogger("apscheduler").addHandler(logging.NullHandler())
"""APScheduler's own remarks are ours to tell: a beat that takes long is no news."""

Beat = Callable[["Heart"], None]


class _Scheduler(BackgroundScheduler):  # type: ignore[misc]  # APScheduler has no types
    def alive(self) -> bool:
        """Whether its thread still runs; `running` says so even of a dead one."""
        thread: threading.Thread | None = self._thread
        return thread is not None and thread.is_alive()


class Heart:
    """Beats until it is stopped; `patience` is how long it may give no sign of life."""

    def __init__(
        self,
        beat: Beat,
        every: timedelta,
        patience: timedelta,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._beat = beat
        self._seconds = seconds
        self._every = every
        self._patience = patience.total_seconds()
        self._at_work = threading.Lock()
        self._stopping = False
        self._last_sign = self._seconds()
        self._scheduler = _Scheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )

    def start(self, now: datetime) -> None:
        """Beat for the first time now."""
        self._last_sign = self._seconds()
        self._scheduler.add_job(
            self._beat_once, "interval", seconds=self._every.total_seconds(), next_run_time=now
        )
        self._scheduler.start()

    # what a beat asks and says ----------------------------------------------------------------------------------
    def stopping(self) -> bool:
        """Whether it was told to stop."""
        return self._stopping

    def alive(self) -> None:
        """Say that work goes on."""
        self._last_sign = self._seconds()

    # what whoever watches asks ----------------------------------------------------------------------------------
    def trouble(self) -> str | None:
        """Why it can no longer be trusted: ``thread`` (of the scheduler, dead) or ``beats`` (none any more)."""
        if not self._scheduler.alive():
            return "thread"
        return "beats" if self._silent() else None

    def tell_to_stop(self) -> None:
        """Begin no further unit of work."""
        self._stopping = True

    def stop(self) -> bool:
        """Stop, and wait for the unit of work at hand; answers whether it came to its end while there was life in it."""
        self.tell_to_stop()
        while not (idle := self._at_work.acquire(timeout=0.2)):
            if self._silent():
                break
        if idle:
            self._at_work.release()  # a beat that is called now finds that it has to stop
        self._scheduler.shutdown(wait=idle)
        return idle

    def _silent(self) -> bool:
        return self._seconds() - self._last_sign > self._patience

    def _beat_once(self) -> None:
        with self._at_work:
            self.alive()
            if not self._stopping:
                self._beat(self)
            self.alive()
