"""Muting a trigger for one series: a fact with who, why and until when; at judging it is then only recorded."""

from __future__ import annotations

from engine.commands import MuteTrigger, UnmuteTrigger
from engine.context import Context
from events import stream as streams
from events.kinds.framework import TriggerMuted, TriggerUnmuted
from events.nearest import did_you_mean
from workflows.calendar import in_words
from workflows.far_days import year_asked, years_from

MUTED_AT_MOST = 2
"""So many years a trigger may be silent before somebody says so again."""


def mute_trigger(context: Context, request: MuteTrigger) -> None:
    """Silence a trigger for a series up to and including a day; muting it again changes the day."""
    context.need_governance_lead()
    _known_trigger(context, request.trigger)
    _known_series(context, request.indicator, request.service)
    if request.until < context.effective_on:
        context.refuse(
            "GT-TRIGGER-003",
            f"A mute until {request.until.isoformat()} would be over before it begins on {context.effective_on.isoformat()}.",
            "Give a later day with --until: the last day on which nothing follows from the trigger.",
        )
    latest = years_from(context.today, MUTED_AT_MOST)
    if request.until > latest:
        context.refuse(
            "GT-TRIGGER-530",
            f"A mute until {in_words(request.until)} would last more than {MUTED_AT_MOST} years from today.",
            year_asked(latest),
        )
    context.settle()
    context.work.record(
        streams.FRAMEWORK,
        TriggerMuted(
            trigger=request.trigger,
            indicator=request.indicator,
            service=request.service,
            until=request.until,
            reason=request.reason,
        ),
    )


def unmute_trigger(context: Context, request: UnmuteTrigger) -> None:
    """Take a mute back; what was only recorded meanwhile stays so."""
    context.need_governance_lead()
    muting = request.trigger, request.indicator, request.service
    mute = context.work.framework().mutes.get(muting)
    if mute is None or mute.until < context.effective_on:
        over = f": the mute ended on {mute.until.isoformat()}" if mute is not None else ""
        context.refuse(
            "GT-TRIGGER-004",
            f"Trigger '{request.trigger}' of {request.indicator}/{request.service} is not muted{over}.",
            "'goldenthread trigger list' shows what is.",
        )
    context.settle()
    context.work.record(
        streams.FRAMEWORK,
        TriggerUnmuted(
            trigger=request.trigger,
            indicator=request.indicator,
            service=request.service,
            reason=request.reason,
        ),
        caused_by=None if mute is None else mute.ref,
    )


def _known_trigger(context: Context, trigger: str) -> None:
    packs = context.shelf.all_of(context.work.framework())
    known = {each.id for pack in packs for each in pack.rules.triggers}
    if trigger not in known:
        context.refuse(
            "GT-TRIGGER-001",
            f"No pack of this book has a trigger '{trigger}'.{did_you_mean(trigger, known)}",
            f"Triggers are: {', '.join(sorted(known)) or 'none'}.",
        )


def _known_series(context: Context, indicator: str, service: str) -> None:
    added = context.work.indicator(indicator).added
    if added is None or service not in added.services:
        has = f"{indicator} is returned by: {', '.join(added.services)}." if added is not None else ""
        context.refuse(
            "GT-TRIGGER-002",
            f"There is no series {indicator}/{service}.",
            has or "'goldenthread indicator list' shows the indicators and who returns them.",
        )
