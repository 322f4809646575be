"""Judging a series from a period on: one operation for a first figure, a restated or late one, the word that there is none,
a changed target and a newly adopted pack.

Facts are written only where a status or trigger differs from what is recorded. A trigger that no longer holds
is withdrawn by a new fact, never deleted. Consequences have the latest period, the latest that has a figure, and
whatever is later than all that was judged before: several figures at once lead to what they would have led to one by
one, and a later period without a figure hides no fall.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from engine.judging.cases import Cases, Question
from engine.judging.lateness import overdue
from engine.packs.pack import Pack
from engine.packs.shelf import Shelf
from engine.states.people import SYSTEM
from engine.states.series import Series, Standing
from engine.work import Work
from events import stream as streams
from events.fact import Fact
from events.kinds.statuses import (
    StatusAssessed,
    TriggerCleared,
    TriggerClosed,
    TriggerFired,
    TriggerScreened,
    TriggerWithdrawn,
)
from events.period import Period, parse_period
from events.schema import Event
from rules.judge import judge


class Rejudge(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Judge one series again from a period on."""

    indicator: str
    service: str
    start: Period
    cause: str
    caused_by: str | None = None
    historic: bool = False


def rejudge(work: Work, shelf: Shelf, order: Rejudge) -> list[Fact[Event]]:
    """Judge every period from `order.start` on that has a figure or is said to have none; answers the facts, oldest first.

    A load of history judges history alone: what is recorded of live periods stands.
    """
    series = work.series(order.indicator, order.service)
    periods = series.to_judge_from(order.start)
    latest = _Latest(series, periods)
    recorded: list[Fact[Event]] = []
    judging = _Pass(work, shelf, order)
    for period in periods:
        if order.historic and series.live and not series.at(str(period)).is_history:
            judging.pass_by(period)
            continue
        recorded += judging.one(period, newest=latest.is_newest(period))
    return recorded


class _Latest:
    """What is latest in a series when it begins to be judged again: of all its periods, and of those with a figure."""

    def __init__(self, series: Series, periods: Sequence[Period]) -> None:
        before = series.latest
        self._series = series
        self._last = periods[-1] if periods else None
        self._judged = None if before is None else parse_period(before.period)
        self._figure = self._figure_judged = None
        if periods and self._judged is not None and periods[0] <= self._judged:
            self._figure = series.latest_that(lambda each: each.confirmed is not None)
            self._figure_judged = series.latest_that(lambda each: each.judged_by_figure)

    def is_newest(self, period: Period) -> bool:
        """Whether it is the latest or later than all that was judged before; one with a figure, among those with one."""
        if period == self._last or self._judged is None or period > self._judged:
            return True
        if self._series.at(str(period)).confirmed is None:
            return False
        return period == self._figure or self._figure_judged is None or period > self._figure_judged


class _Pass:
    """One pass over a series: whatever is the same for all its periods is looked up once."""

    def __init__(self, work: Work, shelf: Shelf, order: Rejudge) -> None:
        self._work = work
        self._shelf = shelf
        self._order = order
        self._stream = streams.series(order.indicator, order.service)
        self._on = work.circumstances.effective_on
        self._framework = work.framework()
        self._entry = work.indicator(order.indicator)
        self._cases = Cases(work, order.indicator, order.service)

    def pass_by(self, period: Period) -> None:
        """Leave a period as it is recorded; later ones look back at it."""
        self._cases.turn_to(period)

    def one(self, period: Period, *, newest: bool) -> list[Fact[Event]]:
        """Judge one period; only what is found in the `newest` has consequences."""
        work, order = self._work, self._order
        standing = self._cases.turn_to(period)
        pack = self._shelf.for_standing(self._framework, period, standing.submission)
        added = self._entry.as_of(period)
        if pack is None or added is None:
            return []
        cause, caused_by = _why_now(order, standing, first_time=newest and period != order.start)
        question = Question(
            indicator=added,
            service=order.service,
            period=period,
            cause=cause,
            consequences=newest and not order.historic,
            historic=order.historic,
            on=self._on,
            late=overdue(self._shelf, pack, added, period, standing, self._on),
        )
        judged = judge(pack.rules, self._cases.of(pack, question))
        return [
            work.record(self._stream, event, caused_by=caused_by, actor=SYSTEM)
            for event in _changes(standing, judged, pack)
        ]


def _why_now(order: Rejudge, standing: Standing, *, first_time: bool) -> tuple[str, str | None]:
    """The cause and what it is cited as; a later figure that was never judged is judged for its own sake."""
    if not first_time or order.historic or standing.assessed is not None:
        return order.cause, order.caused_by
    return ("no data" if standing.confirmed is None else "confirmed"), standing.basis


def _changes(standing: Standing, judged: list[Event], pack: Pack) -> list[Event]:
    """What is new against the record of this period; everything, where it was never judged."""
    assessed = _assessment(judged)
    before = standing.assessed
    if before is None:
        return judged
    gone = [*_no_longer(standing, judged, assessed, pack)]
    fresh = [event for event in judged if _is_news(event, standing)]
    if not gone and not fresh and _same(before, assessed):
        return []
    return [*gone, *fresh, assessed]


def _assessment(judged: list[Event]) -> StatusAssessed:
    last = judged[-1]
    assert isinstance(last, StatusAssessed)  # rules.judge promises it comes last
    return last


def _no_longer(
    standing: Standing, judged: list[Event], assessed: StatusAssessed, pack: Pack
) -> Iterator[Event]:
    """What was recorded of triggers and holds no more: those that fired, then those that were screened out.

    One that was screened out and fires now has fired, which says all; so has one that is closed already.
    """
    known = {trigger.id for trigger in pack.rules.triggers if trigger.enabled}
    fires = {event.trigger for event in judged if isinstance(event, TriggerFired)}
    held = {event.trigger for event in judged if isinstance(event, TriggerScreened)} | fires
    ended = [(trigger, ref, False) for trigger, (_, ref) in standing.fired.items() if trigger not in fires]
    ended += [(trigger, ref, True) for trigger, (_, ref) in standing.screened.items() if trigger not in held]
    closed = set()
    for trigger, ref, screened in ended:
        if trigger in known:
            yield TriggerWithdrawn(
                trigger=trigger,
                period=assessed.period,
                reason=assessed.reason,
                fired_at=ref,
                screened=screened,
            )
        elif trigger not in closed:
            closed.add(trigger)
            yield TriggerClosed(trigger=trigger, period=assessed.period)


def _is_news(event: Event, standing: Standing) -> bool:
    match event:
        case TriggerFired():
            return event.trigger not in standing.fired
        case TriggerScreened():
            screened = standing.screened.get(event.trigger)
            return screened is None or _why_nothing(screened[0]) != _why_nothing(event)
        case TriggerCleared():
            before = standing.assessed
            return (
                before is not None
                and before.triggers.get(event.trigger) is not None
                and before.triggers[event.trigger].active
            )
        case _:
            return False


def _why_nothing(screened: TriggerScreened) -> tuple[str, str]:
    """Why nothing follows: another reason is news, another figure that leads to the same is none."""
    return screened.cause, screened.record


def _same(before: StatusAssessed, after: StatusAssessed) -> bool:
    """Whether the judgement is the same; the cause and the citations may differ."""
    blank = {"cause": "", "figure": None, "target": None, "historic": False}
    return msgspec.structs.replace(before, **blank) == msgspec.structs.replace(after, **blank)
