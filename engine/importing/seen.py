"""Which figures a file has named already, in eight bytes each: a million of them are sixteen megabytes."""

from __future__ import annotations

from array import array
from collections.abc import Hashable

_MASK = (1 << 64) - 1


class Seen:
    """A set of 64-bit hashes in one array; two figures of a million share a hash once in thirty million files."""

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * 1024))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, key: Hashable) -> bool:
        mark = _mark(key)
        return self._slots[self._slot(self._slots, mark)] == mark

    def add(self, key: Hashable) -> bool:
        """Note a figure; answers whether it was new."""
        if self._count * 2 >= len(self._slots):
            self._grow()
        return self._put(self._slots, _mark(key))

    def _put(self, slots: array[int], mark: int) -> bool:
        at = self._slot(slots, mark)
        if slots[at]:
            return False
        slots[at] = mark
        self._count += 1
        return True

    @staticmethod
    def _slot(slots: array[int], mark: int) -> int:
        """Where a mark stands, or would."""
        last = len(slots) - 1
        at = mark & last
        while slots[at] and slots[at] != mark:
            at = (at + 1) & last
        return at

    def _grow(self) -> None:
        old, self._count = self._slots, 0
        self._slots = array("Q", bytes(8 * 2 * len(old)))
        for mark in old:
            if mark:
                self._put(self._slots, mark)


def _mark(key: Hashable) -> int:
    return (hash(key) & _MASK) or 1
