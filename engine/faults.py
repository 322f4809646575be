"""A fault in the record, as a value: where it stands, of which kind it is, and one sentence about it."""

from __future__ import annotations

from typing import Final, NamedTuple

KINDS: Final = (
    "missing",
    "stream",
    "time",
    "hash",
    "body",
    "column",
    "command",
    "text",
    "blob",
    "view",
)


class Fault(NamedTuple):
    """One fault; `kind` is one of `KINDS`."""

    position: int
    kind: str
    sentence: str
