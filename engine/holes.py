"""A missing event is an immediate, hard error: what was read must follow on from what was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from events.errors import Broken
from events.fact import Fact
from events.schema import Event

_WAY_OUT = "Run 'goldenthread audit verify', and restore the last backup that passes it."


def check_page(after: int, facts: Sequence[Fact[Event]]) -> None:
    """Positions must run on from `after` without a gap. Raises Broken GT-LOG-003."""
    if facts and (facts[0].position != after + 1 or facts[-1].position != after + len(facts)):
        expected = next(n for n, fact in enumerate(facts, after + 1) if fact.position != n)
        raise Broken.of("GT-LOG-003", f"Event {expected} is missing from the record.", _WAY_OUT)


def check_stream(stream: str, after: int, facts: Sequence[Fact[Event]]) -> None:
    """Versions of one stream must run on from `after` without a gap. Raises Broken GT-LOG-004."""
    if facts and (facts[0].version != after + 1 or facts[-1].version != after + len(facts)):
        expected = next(n for n, fact in enumerate(facts, after + 1) if fact.version != n)
        raise Broken.of("GT-LOG-004", f"Fact {expected} of {stream} is missing from the record.", _WAY_OUT)
