"""Imports of files, told."""

from __future__ import annotations

from engine.queries.names import Names
from engine.queries.sentences.telling import quoted, tells
from events.fact import Fact
from events.kinds import imports as kinds
from events.schema import Event


@tells(kinds.ImportAccepted)
def accepted(event: kinds.ImportAccepted, fact: Fact[Event], names: Names) -> str:
    """A file was accepted."""
    rows = f"{event.rows} row{'' if event.rows == 1 else 's'}, {event.changes} of them new"
    return f"{names.person(fact.actor)} accepted the file “{names.text(event.name)}” with {rows}, as {event.import_id}"


@tells(kinds.HistoryProposed)
def history_proposed(event: kinds.HistoryProposed, fact: Fact[Event], names: Names) -> str:
    """History waits for a second person."""
    said = f"{event.changes} figures of {event.first} to {event.last}{quoted(event.reason, names)}"
    return f"{names.person(fact.actor)} put the file “{names.text(event.name)}” forward as history, {event.import_id}: {said}"


@tells(kinds.HistoryApproved)
def history_approved(event: kinds.HistoryApproved, fact: Fact[Event], names: Names) -> str:
    """A second person approved it."""
    proposer = names.person(event.proposed_by)
    return (
        f"{names.person(fact.actor)} approved the historic load {event.import_id}, put forward by {proposer}"
    )


@tells(kinds.HistoryDeclined)
def history_declined(event: kinds.HistoryDeclined, fact: Fact[Event], names: Names) -> str:
    """A second person turned it down."""
    who = names.person(fact.actor)
    return f"{who} turned the historic load {event.import_id} down{quoted(event.reason, names)}"


@tells(kinds.ImportGivenUp)
def given_up(event: kinds.ImportGivenUp, fact: Fact[Event], names: Names) -> str:
    """The rest of it stays out."""
    who = names.person(fact.actor)
    return f"{who} gave up what was left of {event.import_id}{quoted(event.reason, names)}"


@tells(kinds.ImportFinished)
def finished(event: kinds.ImportFinished, fact: Fact[Event], names: Names) -> str:
    """All of it is in."""
    return f"Every row of {event.import_id} has been applied"
