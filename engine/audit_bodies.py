"""One row by itself: does its body give its hash, can it be read, and do the columns say what the body says?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.faults import Fault
from engine.ports import Stored
from events.codec import decode, leaf
from events.errors import Broken
from events.fact import Fact
from events.schema import Event


def body_faults(row: Stored) -> Iterator[Fault]:
    """Everything wrong with one row by itself."""
    if leaf(row.body) != row.leaf:
        yield Fault(
            row.position, "hash", f"The body of event {row.position} does not give the hash beside it."
        )
    try:
        fact = decode(row.position, row.type, row.schema, row.body)
    except Broken as problem:
        yield Fault(row.position, "body", str(problem))
        return
    for column, stands, derived in _columns(row, fact):
        if stands != derived:
            yield Fault(
                row.position,
                "column",
                f"Event {row.position} has {column} {stands} in its column and {derived} in its body.",
            )


def _columns(row: Stored, fact: Fact[Event]) -> Iterator[tuple[str, object, object]]:
    yield "stream", row.stream, fact.stream
    yield "version", row.version, fact.version
    yield "type", row.type, fact.type
    yield "schema version", row.schema, fact.schema
    yield "recorded time", row.recorded_at, fact.recorded_at
    yield "effective date", row.effective_on, fact.effective_on.isoformat()
    yield "actor", row.actor, fact.actor
    yield "command", row.command_id, fact.command_id
    yield "correlation", row.correlation_id, fact.correlation_id
    yield "cause", row.caused_by, fact.caused_by
