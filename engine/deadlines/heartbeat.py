"""What the last tick left behind: when, by whom, how late it was, and until when the next is promised.

A small value beside the log, so that anybody who looks sees whether time still passes for a book.
"""

from __future__ import annotations

from datetime import timedelta

import msgspec

from engine.ports import Store
from events.errors import Broken
from events.instant import Instant, instant, moment

NAME = "heartbeat"
_OLD_NAME = "last_tick"
"""Where earlier versions kept the instant of the last tick, and nothing else."""

_TROUBLE = "tick_trouble"

DAILY = timedelta(hours=25)
"""What a tick promises by itself: a daily job has missed its turn after this long."""
_SHORTEST = timedelta(minutes=5)
_MISSED = 10


class Heartbeat(msgspec.Struct, frozen=True, kw_only=True):
    """The last tick of a book."""

    at: Instant
    by: str
    """Account, host and process; empty where it is not known."""
    lag: int
    """How many seconds after its time the most belated firing of that tick came; 0 where nothing was due."""
    fired: int
    failed: int
    next_by: Instant
    """When the next tick has come at the latest; the instant of leaving for a worker that was told to stop."""

    @property
    def promise(self) -> timedelta:
        """How long nothing may happen."""
        return max(moment(self.next_by) - moment(self.at), timedelta(0))


def promise_of(every: timedelta) -> timedelta:
    """How long after a beat the next has come at the latest: ten times as long as between two, and five minutes."""
    return max(_MISSED * every, _SHORTEST)


def keep_heartbeat(store: Store, heartbeat: Heartbeat) -> None:
    """Put it in place of the one before."""
    store.set_meta(NAME, msgspec.json.encode(heartbeat).decode())


def last_heartbeat(store: Store) -> Heartbeat | None:
    """The last tick; None where there never was one. Raises Broken GT-CLOCK-109 where it cannot be read."""
    kept, old = store.get_meta(NAME), store.get_meta(_OLD_NAME)
    try:
        if kept is not None:
            heartbeat = msgspec.json.decode(kept, type=Heartbeat)
            return heartbeat if moment(heartbeat.at) <= moment(heartbeat.next_by) else None
        if old is not None:
            next_by = instant(moment(Instant(old)) + DAILY)
            return Heartbeat(at=Instant(old), by="", lag=0, fired=0, failed=0, next_by=next_by)
    except (msgspec.DecodeError, ValueError, TypeError, OverflowError):
        raise Broken.of(
            "GT-CLOCK-109",
            "What the last tick left behind cannot be read, so nobody can say whether deadlines are being passed.",
            "Run 'goldenthread tick': it writes it anew. Then see who changes the book besides goldenthread.",
        ) from None
    return None


def take_promise_back(store: Store, by: str, now: Instant) -> None:
    """Say that no further tick is promised, where the last one was by this worker; another's promise stands."""
    try:
        last = last_heartbeat(store)
    except Broken:
        return
    if last is not None and last.by == by:
        keep_heartbeat(store, msgspec.structs.replace(last, next_by=max(last.at, min(last.next_by, now))))


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """A worker whose beats fail as a whole."""

    by: str
    since: Instant
    beats: int
    code: str
    sentence: str


def keep_trouble(store: Store, trouble: Trouble | None) -> None:
    """Say that a worker's beats fail, or that a tick has gone through."""
    if trouble is not None or last_trouble(store) is not None:
        store.set_meta(_TROUBLE, msgspec.json.encode(trouble).decode())


def last_trouble(store: Store) -> Trouble | None:
    """What keeps a worker from ticking; None where nothing does, or nobody can read it."""
    try:
        return msgspec.json.decode(store.get_meta(_TROUBLE) or "null", type=Trouble | None)
    except msgspec.DecodeError:
        return None
