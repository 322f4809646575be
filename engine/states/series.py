"""One series: each period's submission, what was confirmed, and what the rules made of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, get_args

from msgspec.structs import replace

from engine.states.standing import EMPTY, Rated, Standing, past_of, ratings_of, submitted, triggered
from events.fact import Fact
from events.kinds.book import ReactionRefused, TaskDone
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
    OverrideEnded,
    StatusAssessed,
    StatusOverridden,
    TriggerCleared,
    TriggerClosed,
    TriggerFired,
    TriggerScreened,
    TriggerWithdrawn,
)
from events.kinds.workflow import ApprovalGiven, ApprovalLapsed
from events.period import Period, parse_period
from events.schema import Event
from workflows.fold import fold

__all__ = ["EMPTY", "OfATrigger", "Older", "Series", "Standing"]

OfAFigure = (
    FigureEntered
    | FigureConfirmed
    | FigureQueried
    | FigureAbsent
    | CommentAdded
    | RestatementProposed
    | RestatementWithdrawn
)
OfATrigger = TriggerFired | TriggerScreened | TriggerCleared | TriggerWithdrawn | TriggerClosed
"""What can be recorded of a trigger."""


@dataclass(frozen=True, slots=True)
class Older:
    """Periods that are left out of a series in memory, and how to get them from the log again."""

    last: Period
    """The latest of them."""
    ratings: frozenset[Rated]
    """What those of them that were judged came out as."""
    read: Callable[[], dict[str, Standing]]
    """The standings of the whole series as they were when they were left out."""


@dataclass(slots=True)
class Series:
    """All periods of a series; a period that nobody touched has no entry.

    The older ones may be left out, so that memory holds what is still worked on; they are read again when asked for.
    """

    held: dict[str, Standing] = field(default_factory=dict)
    """The periods in memory."""
    refused: frozenset[str] = frozenset()
    """Consequences that were refused and that nobody has dealt with, as ``stream@version``."""
    order: list[Period] = field(default_factory=list)
    """Periods that have something to be judged by, or were judged, oldest first."""
    names: list[str] = field(default_factory=list)
    """The same, as they are written."""
    older: Older | None = None
    firings: frozenset[str] = frozenset()
    """Every firing of a trigger that stands, as ``stream@version``, however long ago its period was."""
    live: str = ""
    """The first period that anybody returned a figure of, where not all it has is history."""

    @property
    def periods(self) -> dict[str, Standing]:
        """Every period, those left out read again."""
        if self.older is not None:
            self.held, self.older = {**self.older.read(), **self.held}, None
        return self.held

    def leave_out(self, keep: int, read: Callable[[], dict[str, Standing]]) -> None:
        """Keep the latest periods only; `read` gets the whole series from the log again."""
        gone = sorted(self.held, key=parse_period)[: max(0, len(self.held) - keep)]
        if gone:
            out = [self.held.pop(period) for period in gone]
            before = self.older.ratings if self.older is not None else frozenset[Rated]()
            self.older = Older(parse_period(gone[-1]), before.union(ratings_of(out)), read)

    def copy(self) -> Series:
        """An independent copy; standings are never changed in place."""
        held, order, names = self.held.copy(), self.order.copy(), self.names.copy()
        return Series(held, self.refused, order, names, self.older, self.firings, self.live)

    def at(self, period: str) -> Standing:
        """How a period stands."""
        found = self.held.get(period)
        if found is None and self.older is not None:
            wanted, last = parse_period(period), self.older.last
            if wanted <= last or wanted.kind != last.kind:
                found = self.periods.get(period)
        return EMPTY if found is None else found

    def to_judge_from(self, first: Period) -> list[Period]:
        """Periods from `first` on that have something to be judged by, or were judged before; oldest first."""
        return self.order[self._place(first) :]

    @property
    def latest(self) -> StatusAssessed | None:
        """The assessment of the latest judged period."""
        held = self.held
        for name in reversed(self.names):
            assessed = (held.get(name) or self.at(name)).assessed
            if assessed is not None:
                return assessed
        return None

    def latest_that(self, holds: Callable[[Standing], bool]) -> Period | None:
        """The latest period of which something holds, of those that are judged or have something to be judged by."""
        for n in range(len(self.order) - 1, -1, -1):
            if holds(self.at(self.names[n])):
                return self.order[n]
        return None

    @property
    def judged(self) -> list[Period]:
        """Periods with an assessment, oldest first."""
        return [period for period in self.order if self.at(str(period)).assessed is not None]

    def unjudged_before(self, period: Period) -> Period:
        """The first of the periods just before this one that wait to be judged; the period itself where none does.

        Figures that are confirmed together are judged in the order of their periods, however they stand in the command.
        """
        for n in range(bisect_left(self.order, period) - 1, -1, -1):
            if self.at(str(self.order[n])).assessed is not None:
                break
            period = self.order[n]
        return period

    def rated_before(self, period: Period, ratings: Collection[str]) -> bool:
        """Whether any period before this one has a rating; those left out of memory are not read again for it."""
        place, older = self._place(period), self.older
        if older is None or period <= older.last or period.kind != older.last.kind:
            held = (self.at(name) for name in self.names[:place])
            return any(each.counts(ratings) for each in ratings_of(held))
        held = (self.held[name] for name in self.names[:place] if name in self.held)
        return any(each.counts(ratings) for each in (*older.ratings, *ratings_of(held)))

    def judged_before(self, period: Period, last: int) -> list[Standing]:
        """Earlier periods with an assessment, oldest first; only so many, the latest."""
        found: list[Standing] = []
        held, names = self.held, self.names
        for n in range(self._place(period) - 1, -1, -1):
            if len(found) >= last:
                break
            standing = held.get(names[n]) or self.at(names[n])
            if standing.assessed is not None:
                found.append(standing)
        return found[::-1]

    def _place(self, period: Period) -> int:
        """Where a period stands among those to be judged, or would; mostly it is one after the last, or the last."""
        order = self.order
        if not order or order[-1] < period:
            return len(order)
        return len(order) - 1 if order[-1] == period else bisect_left(order, period)

    def _known(self, period: str, held: Standing) -> None:
        """Put a period in its place among those to be judged, the first time that there is anything to judge it by."""
        if held.assessed is None and held.basis is None:
            parsed = parse_period(period)
            place = self._place(parsed)
            self.order.insert(place, parsed)
            self.names.insert(place, period)

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        take = _TAKEN_IN.get(type(fact.event))
        if take is not None:
            take(self, fact, fact.event)


def _of_a_figure(series: Series, fact: Fact[Event], event: OfAFigure) -> None:
    standing = series.at(event.period)
    if isinstance(event, _JUDGED_BY):
        series._known(event.period, standing)
    submission = fold(standing.submission, fact)
    after = series.held[event.period] = submitted(standing, event, fact.ref, submission, on=fact.effective_on)
    if not series.live and not after.is_history:
        series.live = event.period


def _overdue(series: Series, fact: Fact[Event], event: FigureOverdue) -> None:
    standing = series.at(event.period)
    series._known(event.period, standing)
    series.held[event.period] = replace(standing, overdue=(event, fact.ref))


def _of_an_approval(series: Series, fact: Fact[Event], event: ApprovalGiven | ApprovalLapsed) -> None:
    standing = series.at(event.subject)
    series.held[event.subject] = replace(standing, submission=fold(standing.submission, fact))


def _assessed(series: Series, fact: Fact[Event], event: StatusAssessed) -> None:
    standing = series.at(event.period)
    series._known(event.period, standing)
    past = past_of(event, standing.confirmed)
    series.held[event.period] = replace(standing, assessed=event, past=past)


def _overridden(series: Series, fact: Fact[Event], event: StatusOverridden | OverrideEnded) -> None:
    override = (event, fact.actor) if isinstance(event, StatusOverridden) else None
    series.held[event.period] = replace(series.at(event.period), override=override)


def _of_a_trigger(series: Series, fact: Fact[Event], event: OfATrigger) -> None:
    before = series.at(event.period)
    after = series.held[event.period] = triggered(before, event, fact.ref)
    if after.fired is not before.fired:
        gone, come = (frozenset(ref for _, ref in each.fired.values()) for each in (before, after))
        series.firings = series.firings - gone | come


def _refused(series: Series, fact: Fact[Event], event: ReactionRefused) -> None:
    series.refused |= {fact.ref}


def _done(series: Series, fact: Fact[Event], event: TaskDone) -> None:
    series.refused -= {event.task}


_JUDGED_BY = (FigureConfirmed, FigureAbsent)
"""What a period is judged by."""
_TAKEN_IN: dict[type[Event], Callable[[Series, Fact[Event], Any], None]] = {
    **dict.fromkeys(get_args(OfAFigure), _of_a_figure),
    **dict.fromkeys(get_args(OfATrigger), _of_a_trigger),
    **dict.fromkeys((ApprovalGiven, ApprovalLapsed), _of_an_approval),
    **dict.fromkeys((StatusOverridden, OverrideEnded), _overridden),
    FigureOverdue: _overdue,
    StatusAssessed: _assessed,
    ReactionRefused: _refused,
    TaskDone: _done,
}
"""Fact → how a series takes it in; whatever is not named here leaves it as it was."""
