"""Which figures a file has named already, in eight bytes each: a million of them are sixteen megabytes."""

from __future__ import annotations

from array import array

_MASK = (1 << 64) - 1


class Seen:
    """A set of 64-bit hashes in one array; two figures of a million share a hash once in thirty million files."""

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * 1024))
        self._count = 0

    def add(self, key: tuple[str, str, str]) -> bool:
        """Note a figure; answers whether it was new."""
        if self._count * 2 >= len(self._slots):
            self._grow()
        return self._put(self._slots, (hash(key) & _MASK) or 1)

    def _put(self, slots: array[int], mark: int) -> bool:
        last = len(slots) - 1
        at = mark & last
        while slots[at]:
            if slots[at] == mark:
                return False
            at = (at + 1) & last
        slots[at] = mark
        self._count += 1
        return True

    def _grow(self) -> None:
        old, self._count = self._slots, 0
        self._slots = array("Q", bytes(8 * 2 * len(old)))
        for mark in old:
            if mark:
                self._put(self._slots, mark)
