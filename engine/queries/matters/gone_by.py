"""Which deadlines of open matters went by and are not made good since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from engine.queries.matters.numbering import FEW, Key, matter_key
from engine.queries.reader import Reader
from events import stream as streams
from events.kinds.workflow import DeadlinePassed
from workflows.item_clocks import is_item_clock


class Clock(NamedTuple):
    """A deadline of a matter, by name, and its last permitted day."""

    name: str
    day: date


def gone_by(reader: Reader, keys: Sequence[Key], few: int = FEW) -> dict[Key, Clock]:
    """Of each matter the deadline that went by first; those of which none did are left out.

    A matter's stream says what was made good since. Of more matters than `few` only those are read of which the log
    says that a deadline passed at all.
    """
    if len(keys) > few:
        passed = _passed(reader)
        keys = [key for key in keys if key in passed]
    reader.work.fetch(streams.matters(*key[:3]) for key in keys)
    found: dict[Key, Clock] = {}
    for key in keys:
        days = reader.work.matters(*key[:3]).instances[key[3]].passed
        own = [(day, name) for name, day in days.items() if not is_item_clock(name)]
        if own:
            day, name = min(own)
            found[key] = Clock(name, day)
    return found


def _passed(reader: Reader) -> set[Key]:
    """Every matter of which a deadline passed once."""
    return {
        matter_key(fact.stream, fact.event.subject)
        for fact in reader.all_of("deadline.passed")
        if isinstance(fact.event, DeadlinePassed) and streams.workflow_of(fact.stream) is not None
    }
