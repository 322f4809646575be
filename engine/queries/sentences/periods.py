"""Closings of periods, told."""

from __future__ import annotations

from engine.queries.names import Names
from engine.queries.sentences.telling import quoted, tells
from events.fact import Fact
from events.kinds import periods as kinds
from events.schema import Event


@tells(kinds.PeriodClosed)
def closed(event: kinds.PeriodClosed, fact: Fact[Event], names: Names) -> str:
    """A report frozen."""
    who = names.acted(fact.actor, event.acting_for)
    who = f"{event.on_behalf_of} (through {who})" if event.on_behalf_of else who
    lacking = f" and {len(event.missing)} missing" if event.missing else ""
    return (
        f"{who} closed {event.period}: the report is frozen with {event.series} series{lacking} "
        f"({event.report[:12]}…){quoted(event.because, names)}"
    )
