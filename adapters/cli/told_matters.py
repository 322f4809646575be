"""Sentences about interventions, other matters, and their clocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from adapters.cli.late import noticed_late, sent_late, step_late
from adapters.cli.moments import day_words
from events.kinds.book import ReactionRefused
from events.kinds.workflow import (
    CauseWithdrawn,
    DeadlineExtended,
    DeadlinePassed,
    EvidenceAdded,
    InterventionAgreed,
    InterventionProposed,
    InterventionWaived,
    ItemDone,
    ItemOwed,
    KpiAmendmentApproved,
    KpiApproved,
    KpiRemovalApproved,
    MatterBegun,
    MatterLinked,
    MatterTold,
    ReminderSent,
    ReportReceived,
    RungMoved,
    StepTaken,
)
from events.schema import Event
from events.stream import INTERVENTION, matter_words, series_of, workflow_of

if TYPE_CHECKING:
    from adapters.cli.told import Teller
    from events.fact import Fact


def _proposed(teller: Teller, fact: Fact[InterventionProposed]) -> str:
    body = fact.event.fields.get("refer_to") or teller.body(fact, fact.event.move.subject) or "A body"
    due = next((each for each in fact.event.move.sets), None)
    by = f" by {day_words(due.last_day)}" if due else ""
    return f"{body} has intervention {_name(fact)} to answer{by}."


def _begun(teller: Teller, fact: Fact[MatterBegun]) -> str:
    from engine.queries.matters.state_labels import state_label

    move = fact.event.move
    label = state_label(teller.definition(fact, move), move.target, teller.body(fact, move.subject) or "")
    return f"{_name(fact)}: {label}{step_late(move)}.{teller.clocks(fact, move)}"


def _step(teller: Teller, fact: Fact[StepTaken]) -> str:
    from engine.queries.matters.state_labels import state_label, step_label

    move = fact.event.move
    definition = teller.definition(fact, move)
    body = teller.body(fact, move.subject)
    label = step_label(definition, move.step)
    who = f" for {move.on_behalf_of}" if move.on_behalf_of else ""
    said = f"{label}: {_name(fact)}{who}{step_late(move)}."
    if move.source != move.target:
        said += f" It now stands at: {state_label(definition, move.target, body or '')}."
    return said + teller.clocks(fact, move)


def _passed(teller: Teller, fact: Fact[DeadlinePassed]) -> str:
    from engine.queries.matters.state_labels import deadline_label

    event = fact.event
    body = teller.body(fact, event.subject)
    label = deadline_label(teller.definition(fact, event), event.name, body or "")
    said = f"{_name(fact)}: the date for '{label}', {day_words(event.last_day)}, has gone by."
    if event.proposes:
        who = teller.role_or_body(fact, event.to) if event.to else "a person"
        said += f" {event.proposes} is proposed as the next rung; {who} decides."
    elif event.to:
        said += f" It is a task of {teller.role_or_body(fact, event.to)}."
    return said + noticed_late(teller, fact)


def _reminder(teller: Teller, fact: Fact[ReminderSent]) -> str:
    from engine.queries.shown import joined

    event = fact.event
    whom = joined((teller.role_or_body(fact, name) for name in event.to), "and")
    return f"{_name(fact)}: reminded {whom} ({event.words}){sent_late(teller, fact)}."


def _evidence(teller: Teller, fact: Fact[EvidenceAdded]) -> str:
    return f"{_called(fact)} {_name(fact)} is open already: trigger {fact.event.trigger} of {fact.event.period} was added to it."


def _cause(teller: Teller, fact: Fact[CauseWithdrawn]) -> str:
    return (
        f"{_called(fact)} {_name(fact)} goes on, although trigger {fact.event.trigger} of {fact.event.period} no longer "
        f"holds; {teller.role_or_body(fact, fact.event.to)} decides."
    )


def _linked(teller: Teller, fact: Fact[MatterLinked]) -> str:
    other = matter_words(fact.event.other)
    if fact.event.asked:
        return f"{_name(fact)} was asked for by item {fact.event.item} of {other}."
    return f"Item {fact.event.item} of {_name(fact)} is dealt with in {other}."


def _told(teller: Teller, fact: Fact[MatterTold]) -> str:
    return f"{_called(fact)} {_name(fact)} was told: {fact.event.words}"


def _refused(teller: Teller, fact: Fact[ReactionRefused]) -> str:
    reasons = " ".join(fact.event.reasons)
    return f"'{fact.event.step}' of {fact.event.workflow} had to follow and was refused: {reasons} It is a task now."


def _name(fact: Fact[Any]) -> str:
    event = fact.event
    subject = event.move.subject if isinstance(event, StepTaken) else event.subject
    workflow = workflow_of(fact.stream)
    about = "/".join(filter(None, series_of(fact.stream))) or "the council"
    return f"{about}#{subject}" if workflow in (None, INTERVENTION) else f"{workflow} {about}#{subject}"


def _called(fact: Fact[Any]) -> str:
    return "Intervention" if workflow_of(fact.stream) == INTERVENTION else "The matter"


MATTERS: dict[type[Event], Callable[[Any, Any], str]] = {
    InterventionProposed: _proposed,
    MatterBegun: _begun,
    **dict.fromkeys(
        (
            StepTaken,
            InterventionAgreed,
            ReportReceived,
            RungMoved,
            DeadlineExtended,
            InterventionWaived,
            KpiApproved,
            KpiAmendmentApproved,
            KpiRemovalApproved,
            ItemOwed,
            ItemDone,
        ),
        _step,
    ),
    DeadlinePassed: _passed,
    ReminderSent: _reminder,
    EvidenceAdded: _evidence,
    CauseWithdrawn: _cause,
    MatterLinked: _linked,
    MatterTold: _told,
    ReactionRefused: _refused,
}
"""Fact → its sentence."""
