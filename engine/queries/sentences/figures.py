"""The life of a figure, told."""

from __future__ import annotations

from typing import Any

from engine.judging.history import STEP
from engine.queries.late import late_words
from engine.queries.names import Names
from engine.queries.sentences.telling import day, figure, of, quoted, tells
from events.fact import Fact
from events.kinds import figures as kinds
from events.schema import Event


@tells(kinds.FigureEntered)
def entered(event: kinds.FigureEntered, fact: Fact[Event], names: Names) -> str:
    """Someone entered a figure."""
    by_file = f", by import {event.import_id}" if event.import_id else ""
    again = f" as revision {event.revision}" if event.revision > 1 else ""
    return f"{_who(event, fact, names)} entered {figure(event)} for {of(fact, event.period)}{again}{by_file}{late(event)}"


@tells(kinds.FigureConfirmed)
def confirmed(event: kinds.FigureConfirmed, fact: Fact[Event], names: Names) -> str:
    """Another person confirmed it."""
    restated = event.move.source == event.move.target
    verb = "approved the restatement to" if restated else "confirmed"
    if event.move.step == STEP:
        verb = "approved, as history,"
    return f"{_who(event, fact, names)} {verb} {figure(event)} for {of(fact, event.period)}{late(event)}"


@tells(kinds.FigureQueried)
def queried(event: kinds.FigureQueried, fact: Fact[Event], names: Names) -> str:
    """It was sent back."""
    return f"{_who(event, fact, names)} sent the figure of {of(fact, event.period)} back{quoted(event.reason, names)}"


@tells(kinds.FigureAbsent)
def absent(event: kinds.FigureAbsent, fact: Fact[Event], names: Names) -> str:
    """There is none."""
    return (
        f"{_who(event, fact, names)} declared that there is no figure for {of(fact, event.period)}"
        f"{quoted(event.reason, names)}"
    )


@tells(kinds.CommentAdded)
def commented(event: kinds.CommentAdded, fact: Fact[Event], names: Names) -> str:
    """Somebody said something."""
    did = "answered the question about" if event.answers else "commented on"
    done = f", and said what is being done{quoted(event.action, names)}" if event.action else ""
    return f"{_who(event, fact, names)} {did} {of(fact, event.period)}{quoted(event.comment, names)}{done}"


@tells(kinds.RestatementProposed)
def restated(event: kinds.RestatementProposed, fact: Fact[Event], names: Names) -> str:
    """A correction waits."""
    return (
        f"{_who(event, fact, names)} proposed to restate {of(fact, event.period)} as {figure(event)}"
        f"{quoted(event.reason, names)}"
    )


@tells(kinds.RestatementWithdrawn)
def withdrawn(event: kinds.RestatementWithdrawn, fact: Fact[Event], names: Names) -> str:
    """A correction waits no longer."""
    did = "declined" if event.declined else "took back"
    return (
        f"{_who(event, fact, names)} {did} the restatement of {of(fact, event.period)} (revision {event.revision})"
        f"{quoted(event.reason, names)}"
    )


@tells(kinds.DataRequested)
def requested(event: kinds.DataRequested, fact: Fact[Event], names: Names) -> str:
    """Figures are asked for."""
    told = " and ".join(who.replace("_", " ") for who in event.to)
    count = f"{event.figures} figure{'' if event.figures == 1 else 's'}"
    return f"{count} of {event.period} asked for, in time until {day(event.last_day)}; {told} told"


@tells(kinds.FigureOverdue)
def overdue(event: kinds.FigureOverdue, fact: Fact[Event], names: Names) -> str:
    """The time for it is over."""
    return f"No figure was in force for {of(fact, event.period)} by {day(event.last_day)}, when its window closed"


def _who(event: Any, fact: Fact[Event], names: Names) -> str:
    """Whoever did it, and for whom."""
    name = names.person(fact.actor)
    return f"{name}, acting for {names.person(event.move.acting_for)}," if event.move.acting_for else name


def late(event: kinds.FigureEntered | kinds.FigureConfirmed) -> str:
    """The mark of lateness in words."""
    return f", {words}" if (words := late_words(event.move.late_days)) else ""
