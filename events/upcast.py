"""Pure functions that lift the event part of an older body to the next schema version.

Stored bytes are never rewritten; a golden file per (type, version) in `tests/unit/golden` keeps each
version readable for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from events.schema import VERSIONS

Lift = Callable[[dict[str, Any]], dict[str, Any]]


def _as_it_is(event: dict[str, Any]) -> dict[str, Any]:
    """The next version only adds fields whose defaults say what was so before."""
    return event


def _aggregation_in_a_word(event: dict[str, Any]) -> dict[str, Any]:
    """What the demonstration once wrote out is a word of a closed list now."""
    written_out = event.get("aggregation") == "numerator over denominator"
    return {**event, "aggregation": "ratio"} if written_out else event


UPCASTERS: dict[tuple[str, int], Lift] = {
    ("import.accepted", 1): _as_it_is,
    ("book.opened", 1): _as_it_is,
    ("figure.commented", 1): _as_it_is,
    ("figure.confirmed", 1): _as_it_is,
    ("figure.entered", 1): _as_it_is,
    ("indicator.added", 1): _aggregation_in_a_word,
    ("indicator.amended", 1): _as_it_is,
    ("indicator.retired", 1): _as_it_is,
    ("pack.adopted", 1): _as_it_is,
    ("restatement.proposed", 1): _as_it_is,
    ("status.assessed", 1): _as_it_is,
    ("target.set", 1): _as_it_is,
    ("target.set", 2): _as_it_is,
    ("trigger.fired", 1): _as_it_is,
    ("trigger.screened", 1): _as_it_is,
    ("trigger.withdrawn", 1): _as_it_is,
}
"""(type name, version) → function that gives version + 1."""


def lift(type_: str, schema: int, event: dict[str, Any]) -> dict[str, Any]:
    """Lift an event of version `schema` to the newest. Raises KeyError where no way up is known."""
    for version in range(schema, VERSIONS[type_]):
        event = UPCASTERS[type_, version](event)
    if schema > VERSIONS[type_]:
        raise KeyError(f"schema {schema} is newer than this goldenthread knows")
    return event
