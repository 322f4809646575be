"""One row by itself: does its body give its hash, can it be read, and do the columns say what the body says?

Nearly every row of nearly every book is sound, so that is asked first, and only as much as it takes to know.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from hashlib import sha256

import msgspec

from engine.audit.faults import Fault, shown
from engine.ports import Stored
from events.codec import UNREADABLE, decode, read
from events.errors import Broken


class _About(msgspec.Struct):
    """What a body says that stands in a column too."""

    actor: str
    caused_by: str | None
    command_id: str
    correlation_id: str
    effective_on: str
    recorded_at: str
    schema: int
    stream: str
    type: str
    version: int


_about = msgspec.json.Decoder(_About)
_COLUMNS = {
    "stream": "stream",
    "version": "version",
    "type": "type",
    "schema": "schema version",
    "recorded_at": "recorded time",
    "effective_on": "effective date",
    "actor": "actor",
    "command_id": "command",
    "correlation_id": "correlation",
    "caused_by": "cause",
}


_leaf = sha256(b"\x00")
"""The beginning of every leaf's hash; copying it is cheaper than beginning anew."""


_day = lru_cache(maxsize=4096)(date.isoformat)
"""Days are few beside facts, and a day's text is dearer than anything else that is compared."""


def is_sound(row: Stored) -> bool:
    """Whether there is nothing wrong with a row by itself; damaged rows may hold anything in any column."""
    body = row.body
    try:
        hashed = _leaf.copy()
        hashed.update(body)
        if hashed.digest() != row.leaf:
            return False
        fact = read(row.type, row.schema, body)
    except (*UNREADABLE, Broken, TypeError):
        return False
    return (
        row.stream == fact.stream
        and row.version == fact.version
        and row.type == fact.type
        and row.schema == fact.schema
        and row.recorded_at == fact.recorded_at
        and row.effective_on == _day(fact.effective_on)
        and row.actor == fact.actor
        and row.command_id == fact.command_id
        and row.correlation_id == fact.correlation_id
        and row.caused_by == fact.caused_by
    )


def row_faults(row: Stored) -> Iterator[Fault]:
    """Everything wrong with one row by itself."""
    number = row.position
    body: object = row.body
    if not isinstance(body, bytes):
        yield Fault(number, "body", f"Event {number} has {shown(body)} in the place of its body.")
        return
    if sha256(b"\x00" + body).digest() != row.leaf:
        yield Fault(number, "hash", f"The body of event {number} does not give the hash beside it.")
    try:
        about = _about.decode(body)
    except (msgspec.MsgspecError, ValueError) as problem:  # ValueError: bytes that are not UTF-8
        yield Fault(number, "body", f"The body of event {number} cannot be read: {shown(str(problem))}.")
        return
    try:
        decode(number, about.type, about.schema, body)
    except Broken as problem:
        yield Fault(number, "body", problem.problems[0].sentence)
    for name, words in _COLUMNS.items():
        stands, derived = getattr(row, name), getattr(about, name)
        if stands != derived:
            yield Fault(
                number,
                "column",
                f"Event {number} has {words} {shown(stands)} in its column and {shown(derived)} in its body.",
            )
