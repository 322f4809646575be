"""Who stands in for whom and who is away, told."""

from __future__ import annotations

from datetime import date

from engine.queries.names import Names
from engine.queries.sentences.telling import day, quoted, tells
from events.fact import Fact
from events.kinds import people as kinds
from events.schema import Event


@tells(kinds.DelegationGiven)
def delegated(event: kinds.DelegationGiven, fact: Fact[Event], names: Names) -> str:
    """Somebody stands in."""
    role = f" as {event.role}" if event.role else ""
    scope = f" for {event.scope}" if event.scope else ""
    by = f", said {names.person(fact.actor)}" if fact.actor != event.delegator else ""
    return (
        f"{names.person(event.delegate)} stands in for {names.person(event.delegator)}{role}{scope} "
        f"{_span(event.start, event.until)} (delegation {event.delegation}){by}{quoted(event.reason, names)}"
    )


@tells(kinds.DelegationEnded)
def delegation_ended(event: kinds.DelegationEnded, fact: Fact[Event], names: Names) -> str:
    """Nobody stands in any more."""
    return f"{names.person(fact.actor)} ended delegation {event.delegation} after {day(event.last_day)}"


@tells(kinds.AbsenceRecorded)
def away(event: kinds.AbsenceRecorded, fact: Fact[Event], names: Names) -> str:
    """Somebody is away."""
    return (
        f"{names.person(event.person)} is away {_span(event.start, event.until)} (absence {event.absence})"
        f"{quoted(event.reason, names)}"
    )


@tells(kinds.AbsenceEnded)
def back(event: kinds.AbsenceEnded, fact: Fact[Event], names: Names) -> str:
    """Somebody is back."""
    return f"Absence {event.absence} ended after {day(event.last_day)}"


def _span(start: date, until: date | None) -> str:
    return f"from {day(start)} {f'until {day(until)}' if until else 'on'}"
