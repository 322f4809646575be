"""Fakes that ship with the product: a store in memory, a clock that stands still, ids that count.

They behave as the real ones do; the same contract suite runs on them. A simulation, a pack's own tests and
anybody's experiments use them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from engine.testing.store import InMemoryStore

__all__ = ["CountingIds", "FrozenClock", "InMemoryStore"]


class FrozenClock:
    """A clock that says what it is told, and moves only when asked."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def now(self) -> datetime:
        """The moment it was set to."""
        return self._moment

    def set(self, moment: datetime) -> None:
        """Say another moment from here on, earlier or later. Raises ValueError for a naive one."""
        if moment.tzinfo is None:
            raise ValueError("a clock needs a time zone")
        self._moment = moment

    def advance(self, by: timedelta) -> None:
        """Move by a length of time."""
        self._moment += by


class CountingIds:
    """Ids that count: ``C0000001``, ``C0000002`` …; nonces that count too, so that every run gives the same bytes."""

    def __init__(self, prefix: str = "C") -> None:
        self._prefix = prefix
        self._commands = count(1)
        self._nonces = count(1)

    def command_id(self) -> str:
        """The next id."""
        return f"{self._prefix}{next(self._commands):07d}"

    def nonce(self) -> bytes:
        """The next nonce: 16 bytes, not random."""
        return next(self._nonces).to_bytes(16, "big")
