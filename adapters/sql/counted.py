"""How many facts of some types stand up to a position, remembered: what lies below the end of the log never changes.

A number of matters is asked again and again, each time up to where one of them began. Only what lies between the
nearest position counted before and that one is counted then.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

Kind = tuple[tuple[str, ...], str]
"""Types of facts, and the prefix of their streams."""
Count = Callable[[int, int], int]
"""Counts in the log what stands above one position and up to another."""
MOST = 10_000
"""So many positions are remembered of a kind; then all but the last are forgotten."""


class Counted:
    """What was counted, by kind: positions in their order, and how many facts stand up to each."""

    def __init__(self) -> None:
        self._known: dict[Kind, tuple[list[int], list[int]]] = {}

    def within(self, kind: Kind, after: int, until: int, head: int, count: Count) -> int:
        """How many stand above `after` and up to `until`; `head` is where the log ends now."""
        if until <= after:
            return 0
        return self._up_to(kind, until, head, count) - self._up_to(kind, after, head, count)

    def _up_to(self, kind: Kind, until: int, head: int, count: Count) -> int:
        positions, counts = self._known.setdefault(kind, ([0], [0]))
        place = bisect_right(positions, until) - 1
        if positions[place] == until:
            return counts[place]
        found = counts[place] + count(positions[place], until)
        if until <= head:
            positions.insert(place + 1, until)
            counts.insert(place + 1, found)
        if len(positions) > MOST:
            del positions[1:-1], counts[1:-1]
        return found
