"""The machine's clock and its randomness: the only file that may ask for either."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, as ULIDs are written: text order is time order."""
_RANDOM_BITS = 80
_LENGTH = 26


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        return datetime.now(UTC)


class SystemIds:
    """Command ids of 26 characters that sort by the time they were made, and nonces; both from the machine."""

    def __init__(self) -> None:
        self._last = 0
        self._lock = threading.Lock()

    def command_id(self) -> str:
        """A new id: milliseconds, then 80 random bits; two made by one process always differ and keep their order."""
        milliseconds = int(datetime.now(UTC).timestamp() * 1000)
        made = (milliseconds << _RANDOM_BITS) | int.from_bytes(os.urandom(_RANDOM_BITS // 8), "big")
        with self._lock:
            self._last = max(made, self._last + 1)
            made = self._last
        return "".join(_ALPHABET[made >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))

    def nonce(self) -> bytes:
        """16 random bytes."""
        return os.urandom(16)
