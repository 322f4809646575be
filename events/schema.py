"""The registry of fact types: our own names, never Python paths, each with a schema version.

A new kind of fact is a Struct in `events/kinds/` under `@fact("noun.happened")`; importing the package
registers it. Older schema versions are lifted by pure functions in `events/upcast.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The base of everything that can have happened.

    Facts are frozen and built from the inside out, so none can hold itself: the garbage collector need not look
    (a fifth of the time of a replay that keeps what it reads).
    """


E = TypeVar("E", bound=type[Event])

TYPES: dict[str, type[Event]] = {}
"""Type name → Struct, for the newest schema version."""
VERSIONS: dict[str, int] = {}
"""Type name → newest schema version."""
NAMES: dict[type[Event], str] = {}
"""Struct → type name."""


def fact(name: str, version: int = 1) -> Callable[[E], E]:
    """Register a Struct as the fact type `name`, at schema version `version`."""

    def register(struct: E) -> E:
        if name in TYPES:
            raise ValueError(f"two fact types are called {name}")
        TYPES[name] = struct
        VERSIONS[name] = version
        NAMES[struct] = name
        return struct

    return register


def type_of(event: Event) -> str:
    """The type name of an event, for example ``figure.confirmed``."""
    return NAMES[type(event)]
