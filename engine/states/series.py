"""One series: each period's submission, what was confirmed, and what the rules made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace

from events.fact import Fact
from events.kinds.book import ReactionRefused, TaskDone
from events.kinds.figures import (
    CommentAdded,
    FigureAbsent,
    FigureConfirmed,
    FigureEntered,
    FigureQueried,
    RestatementProposed,
)
from events.kinds.statuses import (
    StatusAssessed,
    TriggerClosed,
    TriggerFired,
    TriggerScreened,
    TriggerWithdrawn,
)
from events.period import Period, parse_period
from events.schema import Event
from workflows.fold import fold
from workflows.instance import Instance

Entered = FigureEntered | RestatementProposed


class Standing(msgspec.Struct, frozen=True, gc=False):
    """One period of a series as it stands."""

    submission: Instance | None = None
    entry: tuple[Entered, str] | None = None
    """The entry or restatement that waits for confirmation, and its citation."""
    confirmed: tuple[FigureConfirmed, str] | None = None
    """The figure in force, and its citation."""
    assessed: StatusAssessed | None = None
    fired: dict[str, tuple[TriggerFired, str]] = msgspec.field(default_factory=dict)
    """Triggers that fired for this period and were not withdrawn."""
    screened: frozenset[str] = frozenset()
    revision: int = 0
    """The highest revision entered so far."""
    comments: int = 0


EMPTY = Standing()


@dataclass(slots=True)
class Series:
    """All periods of a series; a period that nobody touched has no entry."""

    periods: dict[str, Standing] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    """Consequences that were refused and that nobody has dealt with, as ``stream@version``."""

    def copy(self) -> Series:
        """An independent copy; standings are never changed in place."""
        return Series(dict(self.periods), self.refused)

    def at(self, period: str) -> Standing:
        """How a period stands."""
        return self.periods.get(period, EMPTY)

    def confirmed_from(self, first: Period) -> list[Period]:
        """Periods with a confirmed figure from `first` on, oldest first."""
        found = (parse_period(text) for text, standing in self.periods.items() if standing.confirmed)
        return sorted(period for period in found if period >= first)

    def judged_before(self, period: Period) -> list[tuple[Period, StatusAssessed]]:
        """Earlier periods with an assessment, oldest first."""
        found = ((parse_period(text), s.assessed) for text, s in self.periods.items() if s.assessed)
        return sorted(((p, a) for p, a in found if p < period), key=lambda pair: pair[0])

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        event = fact.event
        match event:
            case (
                FigureEntered() | FigureConfirmed() | FigureQueried() | FigureAbsent() | CommentAdded()
            ) | RestatementProposed():
                standing = self.at(event.period)
                standing = replace(standing, submission=fold(standing.submission, fact))
                self.periods[event.period] = _submitted(standing, event, fact.ref)
            case StatusAssessed():
                self.periods[event.period] = replace(self.at(event.period), assessed=event)
            case TriggerFired():
                standing = self.at(event.period)
                fired = {**standing.fired, event.trigger: (event, fact.ref)}
                self.periods[event.period] = replace(standing, fired=fired)
            case TriggerScreened():
                standing = self.at(event.period)
                self.periods[event.period] = replace(standing, screened=standing.screened | {event.trigger})
            case TriggerWithdrawn() | TriggerClosed():
                standing = self.at(event.period)
                fired = {name: at for name, at in standing.fired.items() if name != event.trigger}
                self.periods[event.period] = replace(standing, fired=fired)
            case ReactionRefused():
                self.refused |= {fact.ref}
            case TaskDone(task=task):
                self.refused -= {task}
            case _:
                pass


def _submitted(standing: Standing, event: Event, ref: str) -> Standing:
    match event:
        case FigureEntered() | RestatementProposed():
            return replace(standing, entry=(event, ref), revision=event.revision)
        case FigureConfirmed():
            return replace(standing, confirmed=(event, ref), entry=None)
        case FigureQueried() | FigureAbsent():
            return replace(standing, entry=None)
        case CommentAdded():
            return replace(standing, comments=standing.comments + 1)
        case _:
            return standing
