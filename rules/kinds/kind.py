"""What a kind of condition offers: its node, its reader, and its page in the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from rules.ir import Condition, Truth
from rules.reading.sheet import Key, Path, Sheet

Read = Callable[[Sheet, Mapping[str, object], Path], Condition | None]


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of condition. The node answers (`holds`, `stands`, `because`, `english`)."""

    node: type[Condition]
    read: Read
    """Reads the whole block of the condition; reports what is wrong and answers None."""
    about: str
    """What it asks, for governance leads."""
    example: str
    """A line of YAML."""
    keys: Mapping[str, Key]
    """Its own key first, and any that stand beside it."""
    inner: Mapping[str, Key] = msgspec.field(default_factory=dict)
    """Keys of the block under its own key."""


def some(truths: Iterable[Truth]) -> Truth:
    """True if any is; else unknown if any is; else false. Source: Kleene, strong three-valued logic."""
    answer: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            answer = None
    return answer


def every(truths: Iterable[Truth]) -> Truth:
    """False if any is; else unknown if any is; else true."""
    answer: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            answer = None
    return answer


def opposite(truth: Truth) -> Truth:
    """The unknown stays unknown."""
    return None if truth is None else not truth


def either(words: Iterable[str]) -> str:
    """Words joined for reading: "red, amber or green"."""
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}"
