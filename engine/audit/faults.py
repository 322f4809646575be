"""A fault in the record, as a value: where it stands, of which kind it is, and one sentence about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

KINDS: Final = (
    "file",
    "missing",
    "stream",
    "time",
    "hash",
    "body",
    "column",
    "command",
    "text",
    "blob",
    "notice",
    "view",
)
"""``file``: the database cannot read something, or finds its own tables or indexes damaged; the rest are of the record."""
MOST_FAULTS = 1_000
"""So many faults are listed; all are counted."""
LONGEST = 100


class Fault(NamedTuple):
    """One fault; `kind` is one of `KINDS`, `position` is 0 where it belongs to no event."""

    position: int
    kind: str
    sentence: str


class Faults:
    """Faults as they are found: the first are kept, all are counted."""

    def __init__(self) -> None:
        self.listed: list[Fault] = []
        self.count = 0
        self.kinds: set[str] = set()

    def add(self, found: Iterable[Fault]) -> None:
        """Take more in."""
        for fault in found:
            self.count += 1
            self.kinds.add(fault.kind)
            if len(self.listed) < MOST_FAULTS:
                self.listed.append(fault)

    def join(self, others: Faults) -> None:
        """Take in what was found apart."""
        self.add(others.listed)
        self.count += others.count - len(others.listed)

    def in_order(self) -> list[Fault]:
        """Those listed, by position."""
        return sorted(self.listed, key=lambda fault: fault.position)


def shown(value: object) -> str:
    """Whatever stands in a column, so that it can be printed: nothing of it reaches a terminal as a command."""
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else repr(value)
    text = text if text.isprintable() else ascii(text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
