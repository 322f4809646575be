"""Every stream by itself: versions 1, 2, 3 … without a hole, in the order of their positions.

The database gives them in order, as it gives them to whoever reads a stream, so that one stream at a time is
remembered, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.audit.faults import Fault, shown
from engine.audit.pages import by_key
from engine.ports import Store


class Streams:
    """Reads the log up to `until` stream by stream; `rows` were read by position."""

    def __init__(self, store: Store, until: int) -> None:
        self._store = store
        self._until = until
        self.seen = 0

    def faults(self, rows: int) -> Iterator[Fault]:
        """What is wrong with the streams."""
        stream, version, position = "", 0, 0
        for page in by_key(self._store.standing, ("", 0), _key):
            for name, number, place in page:
                if place > self._until:
                    continue
                rows -= 1
                if name != stream:
                    stream, version, position = name, 0, 0
                    self.seen += 1
                if number == version + 1 and place > position:
                    version, position = number, place
                    continue
                yield _fault(stream, number, place, version, position)
                version = number if isinstance(number, int) else version + 1
                position = max(place, position)
        if rows:
            yield Fault(
                0, "stream", "The streams do not hold as many events as the log: their index is damaged."
            )


def _key(place: tuple[str, int, int]) -> tuple[str, int]:
    return place[:2]


def _fault(stream: str, number: int, place: int, version: int, position: int) -> Fault:
    odd = f"where number {version + 1} belongs"
    if number == version + 1:
        odd = f"and stands before number {version}, event {position}"
    return Fault(place, "stream", f"Event {place} is number {shown(number)} of {shown(stream)}, {odd}.")
