"""Every revision of a figure: what was given, by whom, when and why, and the status it then had."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from engine.handle import Engine
from engine.queries.after_closing import AfterClosing
from engine.queries.figures.breaks import comparable_from
from engine.queries.figures.figure_facts import FigureFacts, figure_facts
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.references import FigureRef
from engine.queries.sentences import fetch_texts
from engine.queries.shown import figure_shown
from engine.queries.status_words import NO_STATUS, StatusWord, status_word
from engine.views.columns import number_text
from events.fact import Fact
from events.instant import Instant
from events.kinds.figures import (
    FigureAbsent,
    FigureConfirmed,
    FigureEntered,
    FigureQueried,
    RestatementProposed,
    RestatementWithdrawn,
)
from events.kinds.statuses import StatusAssessed
from events.period import parse_period
from events.schema import Event

Given = FigureEntered | RestatementProposed | FigureConfirmed


class RevisionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was done about a figure, or one time it was judged again."""

    revision: int | None
    """The revision given, put in force, taken back or declined; None where it was about none."""
    what: str
    """``entered``, ``confirmed``, ``restated``, ``restatement approved``, ``restatement taken back``, ``restatement
    declined``, ``put forward as final``, ``made final``, ``sent back``, ``no figure`` or ``judged again``."""
    shown: str
    value: str | None
    numerator: str | None
    denominator: str | None
    provisional: bool
    by: str
    on: date
    """The day it took effect."""
    received_on: date
    """The day it was said, which is another one where it was given a day of its own."""
    late_days: int | None = None
    """How many working days after its last permitted day it was done; None where it was in time."""
    recorded_at: Instant
    reason: str
    status: StatusWord
    """The status of the period after it."""
    cause: str
    """Why it was judged again, where it was."""
    position: int
    after_closing: bool = False
    """It was recorded after the period was closed."""
    closed: str = ""
    """The same in words: ``after the period was closed on 14 October 2011 (event 34)``."""
    comparable_from: str | None = None
    """The first period with which this one can be compared, where the indicator measured something else before."""


def figure_history(
    engine: Engine, ref: FigureRef, *, names: Names, at: int | None = None
) -> list[RevisionLine]:
    """Everything that changed a figure or its status, oldest first. Raises NotFound for what is not in the register."""
    own = figure_facts(Reader(engine, at), ref)
    fetch_texts(own.facts, names)
    return list(_lines(own, names))


def _lines(own: FigureFacts, names: Names) -> Iterator[RevisionLine]:
    """Acts, each with the status after its command; judgements that follow from no act here stand by themselves."""
    judged = {fact.command_id: fact for fact in own.facts if isinstance(fact.event, StatusAssessed)}
    acts = {fact.command_id for fact in own.facts if _is_act(fact.event)}
    status, was_provisional, closings = NO_STATUS, False, AfterClosing(own.reader)
    for fact in own.facts:
        again = isinstance(fact.event, StatusAssessed) and fact.command_id not in acts
        if not (again or _is_act(fact.event)):
            continue
        after = judged.get(fact.command_id)
        if after is not None and isinstance(after.event, StatusAssessed):
            pack = own.reader.shelf.pack(after.event.pack)
            status = status_word(pack, after.event.status)
        line = _line(own, fact, names, status, was_provisional)
        closed = closings.of_period(own.ref.period, fact.position)
        yield msgspec.structs.replace(line, after_closing=bool(closed), closed=closed)
        if isinstance(fact.event, FigureConfirmed):
            was_provisional = fact.event.provisional


def _is_act(event: Event) -> bool:
    return isinstance(event, Given | FigureQueried | FigureAbsent | RestatementWithdrawn)


def _line(
    own: FigureFacts, fact: Fact[Event], names: Names, status: StatusWord, was_provisional: bool
) -> RevisionLine:
    event = fact.event
    given = event if isinstance(event, Given) else None
    start = comparable_from(own.reader, own.ref.indicator, parse_period(own.ref.period))
    reason = getattr(event, "reason", None) if not isinstance(event, StatusAssessed) else None
    return RevisionLine(
        revision=event.revision if isinstance(event, Given | RestatementWithdrawn) else None,
        what=_what(event, was_provisional),
        shown=_shown(own, given),
        value=number_text(given.value) if given else None,
        numerator=number_text(given.numerator) if given else None,
        denominator=number_text(given.denominator) if given else None,
        provisional=given.provisional if given else False,
        by=names.acted(fact.actor, getattr(getattr(event, "move", None), "acting_for", None)),
        on=fact.effective_on,
        received_on=own.reader.shelf.local_day(own.reader.framework, fact.received_at),
        late_days=getattr(getattr(event, "move", None), "late_days", None),
        recorded_at=fact.recorded_at,
        reason=names.text(reason) if reason else "",
        status=status,
        cause=event.cause if isinstance(event, StatusAssessed) else "",
        position=fact.position,
        comparable_from=None if start is None else str(start),
    )


def _what(event: Event, was_provisional: bool) -> str:
    """What was done. A provisional figure is final once another person has approved that, not before."""
    final = was_provisional and isinstance(event, Given) and not event.provisional
    match event:
        case FigureEntered():
            return "entered"
        case RestatementProposed():
            return "put forward as final" if final else "restated"
        case FigureConfirmed():
            if event.move.source != event.move.target:
                return "confirmed"
            return "made final" if final else "restatement approved"
        case RestatementWithdrawn():
            return "restatement declined" if event.declined else "restatement taken back"
        case FigureQueried():
            return "sent back"
        case FigureAbsent():
            return "no figure"
        case _:
            return "judged again"


def _shown(own: FigureFacts, given: Given | None) -> str:
    """The figure in its unit; what was declared, where only that was."""
    if given is None:
        return ""
    if given.value is None and given.numerator is None:
        return given.declared_status or ""
    return figure_shown(
        own.added.measured_in,
        own.added.decimals,
        value=number_text(given.value),
        numerator=number_text(given.numerator),
        denominator=number_text(given.denominator),
    )
