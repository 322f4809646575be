"""What the rules made of a figure, told."""

from __future__ import annotations

from engine.queries.names import Names
from engine.queries.sentences.telling import of, quoted, series, tells
from events.fact import Fact
from events.kinds import statuses as kinds
from events.schema import Event


@tells(kinds.StatusAssessed)
def assessed(event: kinds.StatusAssessed, fact: Fact[Event], names: Names) -> str:
    """A figure was judged."""
    first = event.cause in ("confirmed", "history") or (event.cause == "no data" and event.rule == "no_data")
    again = "" if first else f" (judged again: {event.cause})"
    return f"{of(fact, event.period)}{again}: {event.reason.rstrip('.')}"


@tells(kinds.TriggerFired)
def fired(event: kinds.TriggerFired, fact: Fact[Event], names: Names) -> str:
    """A trigger fired."""
    to = f" and refers the series to {event.refer_to}" if event.refer_to and event.consequences else ""
    only = "" if event.consequences else ", recorded only"
    return f"Trigger {event.trigger} fired for {of(fact, event.period)}{to}{only}: {event.reason.rstrip('.')}"


@tells(kinds.StatusOverridden)
def overridden(event: kinds.StatusOverridden, fact: Fact[Event], names: Names) -> str:
    """An officer's status in place of the computed one."""
    return f"{names.person(fact.actor)} set the status of {of(fact, event.period)} to {event.status}{quoted(event.reason, names)}"


@tells(kinds.OverrideEnded)
def override_ended(event: kinds.OverrideEnded, fact: Fact[Event], names: Names) -> str:
    """The computed status counts again."""
    return f"{names.person(fact.actor)} took the status set for {of(fact, event.period)} back{quoted(event.reason, names)}"


@tells(kinds.TriggerScreened)
def screened(event: kinds.TriggerScreened, fact: Fact[Event], names: Names) -> str:
    """It held, and did not matter enough."""
    by = f", by {names.person(event.muted_by)}" if event.muted_by else ""
    return f"Trigger {event.trigger} held for {of(fact, event.period)} and was screened out: {event.record.rstrip('.')}{by}"


@tells(kinds.TriggerCleared)
def cleared(event: kinds.TriggerCleared, fact: Fact[Event], names: Names) -> str:
    """It no longer holds."""
    return f"Trigger {event.trigger} cleared for {of(fact, event.period)}: {event.reason.rstrip('.')}"


@tells(kinds.TriggerWithdrawn)
def withdrawn(event: kinds.TriggerWithdrawn, fact: Fact[Event], names: Names) -> str:
    """It would not have fired, or does not hold any more."""
    why = f"{of(fact, event.period)}, judged again: {event.reason.rstrip('.')}"
    if event.screened:
        return f"Trigger {event.trigger}, screened out before, does not hold for {why}"
    return f"Trigger {event.trigger} was withdrawn for {why}"


@tells(kinds.TriggerClosed)
def closed(event: kinds.TriggerClosed, fact: Fact[Event], names: Names) -> str:
    """The new pack has none such."""
    return f"Trigger {event.trigger} of {series(fact)} ended at {event.period}: the new pack has none of that name"
