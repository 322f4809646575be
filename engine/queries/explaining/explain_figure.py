"""Why a figure has its status: the sentence, the rule, the pack, the people, and what followed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from engine.handle import Engine
from engine.judging.history import STEP
from engine.queries.after_closing import AfterClosing
from engine.queries.explaining.closed_period import closing_line, judged_after, marked
from engine.queries.explaining.consequences import Led, asked_for, followed_words, led_to
from engine.queries.explaining.explanation import ExplainedLine, Explanation, source_lines
from engine.queries.figures.breaks import break_words, comparable_from
from engine.queries.figures.figure_facts import FigureFacts, figure_facts
from engine.queries.matters.submission_times import window_line
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.references import FigureRef
from engine.queries.sentences import fetch_texts
from engine.queries.sentences.telling import figure
from engine.queries.shown import day_shown, figure_shown, joined, position_shown, time_shown
from engine.queries.status_words import NO_STATUS, status_word
from engine.views.columns import number_text
from events.fact import Fact
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
    TriggerClosed,
    TriggerFired,
    TriggerScreened,
    TriggerWithdrawn,
)
from events.kinds.workflow import ApprovalGiven, ApprovalLapsed
from events.period import parse_period
from events.schema import Event
from events.text import is_ref


def explain_figure(engine: Engine, ref: FigureRef, *, names: Names, at: int | None = None) -> Explanation:
    """Explain one figure. Raises NotFound for an unknown indicator or service."""
    own = figure_facts(Reader(engine, at), ref)
    fetch_texts(own.facts, names)
    found = own.assessed
    return Explanation(
        ref=str(ref),
        heading=f"{own.added.indicator} {own.added.title}, {ref.service}, {ref.period}",
        status=status_word(own.pack, found[1].status) if found else NO_STATUS,
        lines=(
            *_judgement(own),
            *_break(own),
            *closing_line(own, names),
            *_triggers(own),
            *_handling(own, names),
            *window_line(own),
            *_earlier(own),
        ),
    )


def _break(own: FigureFacts) -> Iterator[ExplainedLine]:
    """That earlier figures measure something else."""
    start = comparable_from(own.reader, own.ref.indicator, parse_period(own.ref.period))
    if start is not None:
        yield ExplainedLine(kind="note", what=break_words(own.ref.indicator, start))


def _judgement(own: FigureFacts) -> Iterator[ExplainedLine]:
    found = own.assessed
    if found is None:
        waiting = any(isinstance(fact.event, FigureEntered) for fact in own.facts)
        what = (
            "Not judged: the figure waits for confirmation."
            if waiting
            else "Not judged: no figure is confirmed."
        )
        yield ExplainedLine(kind="status", what=what, where=own.pack_words)
        return
    fact, assessed = found
    rule = assessed.rule
    yield ExplainedLine(
        kind="status",
        what=assessed.reason + judged_after(own, fact),
        rule=f"band {rule.partition('/')[2]}" if rule.startswith("bands/") else rule.replace("_", " "),
        where=own.pack_words,
        events=(fact.position,),
    )
    pack = own.pack
    if pack is not None and rule.startswith("bands/"):
        index = next((str(n) for n, band in enumerate(pack.rules.bands) if band.rule == rule), "")
        yield from source_lines(pack, "bands", index) or source_lines(pack, "compare_by")
    elif pack is not None:
        yield from source_lines(pack, "status_from")


def _triggers(own: FigureFacts) -> Iterator[ExplainedLine]:
    withdrawn = {fact.event.fired_at for fact in own.facts if isinstance(fact.event, TriggerWithdrawn)}
    closed = {
        fact.event.trigger: fact.position for fact in own.facts if isinstance(fact.event, TriggerClosed)
    }
    for fact in own.facts:
        match fact.event:
            case TriggerFired() as fired:
                led = led_to(own.reader, own.ref, fact)
                over = closed.get(fired.trigger, 0) > fact.position
                yield _fired(fact, fired, led, gone=fact.ref in withdrawn, closed=over)
                for each in led:
                    yield from asked_for(own.reader, each)
                if own.pack is not None:
                    yield from source_lines(own.pack, "triggers", fired.trigger)
            case TriggerScreened() as screened:
                yield ExplainedLine(
                    kind="trigger",
                    what=screened.reason,
                    rule=f"trigger {screened.trigger}",
                    where=_screened_how(own, fact, screened),
                    events=(fact.position,),
                )
            case _:
                pass
    found = own.assessed
    for name in found[1].not_assessed if found else ():
        what = f"Whether {name} holds cannot be said: something it asks about is not known."
        yield ExplainedLine(kind="trigger", what=what, rule=f"trigger {name}", where="not assessed")


_Word = TriggerFired | TriggerScreened | TriggerWithdrawn | TriggerClosed


def _word_after(own: FigureFacts, fact: Fact[Event], trigger: str) -> Event | None:
    """What was said next of whether a trigger holds for the period."""
    later = (each.event for each in own.facts if each.position > fact.position)
    return next((each for each in later if isinstance(each, _Word) and each.trigger == trigger), None)


def _screened_how(own: FigureFacts, fact: Fact[Event], screened: TriggerScreened) -> str:
    """That it was screened out, and whether that is so still."""
    match _word_after(own, fact, screened.trigger):
        case None:
            return f"screened out: {screened.record}"
        case TriggerFired():
            since = "has fired since"
        case TriggerScreened():
            since = "for another reason since"
        case TriggerClosed():
            since = "ended: the pack adopted since has none of that name"
        case _:
            since = "no longer"
    return f"was screened out: {screened.record.rstrip('.')}; {since}"


def _fired(
    fact: Fact[Event], fired: TriggerFired, led: list[Led], *, gone: bool, closed: bool
) -> ExplainedLine:
    if gone:
        where = "withdrawn when the period was judged again"
    elif led:
        where = " and ".join(map(followed_words, led))
    elif not fired.consequences:
        where = "recorded only: an earlier period, or a historic load"
    else:
        where = f"→ {fired.refer_to}" if fired.refer_to else ""
    if closed and not gone:
        where = "; ".join(filter(None, (where, "ended: the pack adopted since has none of that name")))
    return ExplainedLine(
        kind="trigger",
        what=fired.reason,
        rule=f"trigger {fired.trigger}",
        where=where,
        events=(fact.position,),
    )


def _handling(own: FigureFacts, names: Names) -> Iterator[ExplainedLine]:
    zone, closings = own.reader.calendar.time_zone, AfterClosing(own.reader)
    for fact in own.facts:
        when = time_shown(fact.received_at, zone)
        move = getattr(fact.event, "move", None)
        who = names.acted(fact.actor, move.acting_for if move else None)
        what, said, kind = "", "", "figure"
        match fact.event:
            case FigureEntered() as event:
                what = f"{_given(own, event)} entered by {who}"
            case RestatementProposed() | RestatementWithdrawn() as event:
                what, said = f"{_restated(own, event)} by {who}", names.text(event.reason)
            case FigureConfirmed() as event:
                verb = "loaded as history, approved" if event.move.step == STEP else "confirmed"
                what = f"{_given(own, event)} {verb} by {who}"
            case FigureQueried() as event:
                what, said = f"sent back by {who}", names.text(event.reason)
            case FigureAbsent() as event:
                what, said = f"no figure, declared by {who}", names.text(event.reason)
            case FigureOverdue() as event:
                what = f"no figure in force by {day_shown(event.last_day)}, when the window closed"
            case ApprovalGiven() as event:
                what = f"approved by {names.acted(fact.actor, event.acting_for)} ({event.number} of {event.quorum})"
                said = " ".join(
                    names.text(each)
                    for each in event.fields.values()
                    if isinstance(each, str) and is_ref(each)
                )
            case ApprovalLapsed() as event:
                what = f"no longer approved by {joined(names.people(event.persons), 'and')}: it has changed"
            case CommentAdded() as event:
                what, said, kind = f"{_comment_words(event)} by {who}", names.text(event.comment), "comment"
                if event.action is not None:
                    said += f" Being done: {names.text(event.action)}"
            case _:
                continue
        what += f", {when}{_for_another_day(own, fact)}{marked(closings, fact)}" + (
            f": “{said}”" if said else ""
        )
        late = move.late_days if move else None
        yield ExplainedLine(
            kind=kind,
            what=what[:1].upper() + what[1:],
            rule="" if late is None else f"late by {late} working days",
            where=position_shown(fact.position),
            events=(fact.position,),
        )


def _for_another_day(own: FigureFacts, fact: Fact[Event]) -> str:
    """The day it took effect, where that is not the day it was said."""
    said_on = own.reader.shelf.local_day(own.reader.framework, fact.received_at)
    return "" if said_on == fact.effective_on else f", with effect from {day_shown(fact.effective_on)}"


def _comment_words(event: CommentAdded) -> str:
    return "answer to the question" if event.answers else "comment"


def _restated(own: FigureFacts, event: RestatementProposed | RestatementWithdrawn) -> str:
    if isinstance(event, RestatementProposed):
        return f"restated as {_given(own, event)}"
    return f"restatement (revision {event.revision}) {'declined' if event.declined else 'taken back'}"


def _given(own: FigureFacts, event: FigureEntered | FigureConfirmed | RestatementProposed) -> str:
    """What was given, in its unit: ``71.4 %``, ``85.7 % (6 of 7)``, ``71.4 %, declared red``."""
    if event.value is None and event.numerator is None:
        return figure(event)
    shown = figure_shown(
        own.added.measured_in,
        own.added.decimals,
        value=number_text(event.value),
        numerator=number_text(event.numerator),
        denominator=number_text(event.denominator),
    )
    parts = f" ({event.numerator} of {event.denominator})" if event.numerator is not None else ""
    declared = f", declared {event.declared_status}" if event.declared_status else ""
    reported = f", reported as {event.reported_as}" if event.reported_as else ""
    provisional = ", provisional" if event.provisional else ""
    return f"{shown}{parts}{declared}{reported}{provisional}"


def _earlier(own: FigureFacts) -> Iterator[ExplainedLine]:
    """What the period was judged before, where it was judged again."""
    judged = [(fact, fact.event) for fact in own.facts if isinstance(fact.event, StatusAssessed)]
    for (fact, before), (_, after) in itertools.pairwise(judged):
        word = status_word(own.reader.shelf.pack(before.pack), before.status).label
        reason = before.reason.removeprefix(f"{word}: ")
        yield ExplainedLine(
            kind="note",
            what=f"Judged before as {word}: {reason}",
            rule=f"judged again: {after.cause}",
            where=position_shown(fact.position),
            events=(fact.position,),
        )
