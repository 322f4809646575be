"""Sentences about figures, statuses and triggers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from adapters.cli.late import step_late
from events.kinds.figures import (
    CommentAdded,
    FigureAbsent,
    FigureConfirmed,
    FigureEntered,
    FigureOverdue,
    FigureQueried,
    RestatementProposed,
    RestatementWithdrawn,
)
from events.kinds.statuses import (
    StatusAssessed,
    TriggerCleared,
    TriggerClosed,
    TriggerFired,
    TriggerScreened,
    TriggerWithdrawn,
)
from events.number import plain
from events.schema import Event

if TYPE_CHECKING:
    from adapters.cli.told import Teller
    from events.fact import Fact


def judged(teller: Teller, fact: Fact[Any], event: FigureConfirmed, assessed: Fact[Any] | None) -> str:
    """A confirmation with the status it led to."""
    verb = "Approved the restatement of" if event.move.source == event.move.target else "Confirmed"
    said = f"{verb} {_name(fact)}{step_late(fact.event.move)}"
    return f"{said}: {assessed.event.reason}" if assessed else f"{said}; its status stays as it was."


def _entered(teller: Teller, fact: Fact[FigureEntered]) -> str:
    again = " again" if fact.event.revision > 1 else ""
    return f"Entered {_name(fact)}{again}: {_figure(fact.event)}{step_late(fact.event.move)}. It counts once another person confirms it."


def _restated(teller: Teller, fact: Fact[RestatementProposed]) -> str:
    return (
        f"Put {_figure(fact.event)} forward as the corrected figure of {_name(fact)}; the old one stays in force "
        "until another person approves it."
    )


def _taken_back(teller: Teller, fact: Fact[RestatementWithdrawn]) -> str:
    did = "Declined" if fact.event.declined else "Took back"
    return f"{did} the restatement of {_name(fact)}; the figure stays as it was, and another restatement begins afresh."


def _confirmed(teller: Teller, fact: Fact[FigureConfirmed]) -> str:
    return judged(teller, fact, fact.event, None)


def _queried(teller: Teller, fact: Fact[FigureQueried]) -> str:
    return f"Sent {_name(fact)} back with a question; it has to be entered again."


def _absent(teller: Teller, fact: Fact[FigureAbsent]) -> str:
    return f"{_name(fact)} has no figure, for the reason given."


def _overdue(teller: Teller, fact: Fact[FigureOverdue]) -> str:
    return f"The window of {_name(fact)} has closed, and no figure is in force."


def _commented(teller: Teller, fact: Fact[CommentAdded]) -> str:
    if fact.event.answers:
        return f"Answered the question about {_name(fact)}; now the figure is entered again."
    return f"Added a comment to {_name(fact)}."


def _assessed(teller: Teller, fact: Fact[StatusAssessed]) -> str:
    first = fact.event.cause == "confirmed" or fact.event.rule == "no_data"
    how = "judged" if first else "judged again"
    return f"{_name(fact)} was {how} ({fact.event.cause}): {fact.event.reason}"


def _fired(teller: Teller, fact: Fact[TriggerFired]) -> str:
    event = fact.event
    if not event.consequences:
        return f"Trigger {event.trigger} held in {event.period}; it is recorded and nothing follows."
    told = f" {', '.join(event.notify)} will be told." if event.notify else ""
    return f"Trigger {event.trigger} fired: {event.reason.rstrip('.')}.{told}"


def _screened(teller: Teller, fact: Fact[TriggerScreened]) -> str:
    return f"Trigger {fact.event.trigger} held, and nothing follows: {fact.event.record.rstrip('.')}."


def _cleared(teller: Teller, fact: Fact[TriggerCleared]) -> str:
    return f"Trigger {fact.event.trigger} has cleared: {fact.event.reason.rstrip('.')}."


def _withdrawn(teller: Teller, fact: Fact[TriggerWithdrawn]) -> str:
    event = fact.event
    how = "was screened out and does not hold any more" if event.screened else "is withdrawn"
    return f"Trigger {event.trigger} of {event.period} {how}: {event.reason.rstrip('.')}."


def _closed(teller: Teller, fact: Fact[TriggerClosed]) -> str:
    return f"Trigger {fact.event.trigger} is closed: the pack in force has no such trigger."


def _name(fact: Fact[Any]) -> str:
    return f"{fact.stream.partition('/')[2]}/{fact.event.period}"


def _figure(event: FigureEntered | RestatementProposed) -> str:
    parts = []
    if event.value is not None:
        parts.append(plain(event.value))
    if event.numerator is not None and event.denominator is not None:
        parts.append(f"{plain(event.numerator)} of {plain(event.denominator)}")
    if event.declared_status is not None:
        parts.append(f"declared {event.declared_status}")
    if event.reported_as is not None:
        parts.append(f"reported as {event.reported_as.replace('_', ' ')}")
    return ", ".join(parts) or "–"


FIGURES: dict[type[Event], Callable[[Any, Any], str]] = {
    FigureEntered: _entered,
    RestatementProposed: _restated,
    RestatementWithdrawn: _taken_back,
    FigureConfirmed: _confirmed,
    FigureQueried: _queried,
    FigureAbsent: _absent,
    FigureOverdue: _overdue,
    CommentAdded: _commented,
    StatusAssessed: _assessed,
    TriggerFired: _fired,
    TriggerScreened: _screened,
    TriggerCleared: _cleared,
    TriggerWithdrawn: _withdrawn,
    TriggerClosed: _closed,
}
"""Fact → its sentence."""
