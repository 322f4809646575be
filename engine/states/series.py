"""One series: each period's submission, what was confirmed, and what the rules made of it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable
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
    OverrideEnded,
    StatusAssessed,
    StatusOverridden,
    TriggerClosed,
    TriggerFired,
    TriggerScreened,
    TriggerWithdrawn,
)
from events.kinds.workflow import ApprovalGiven, ApprovalLapsed
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
    absent: tuple[FigureAbsent, str] | None = None
    """That there is no figure, and its citation; a figure that comes after all takes its place."""
    after_absence: bool = False
    """The figure in force came after it had been said that there is none."""
    late: bool = False
    """The first figure of the period was confirmed after its window had closed; a restatement leaves that as it is."""
    override: tuple[StatusOverridden, str] | None = None
    """The status that an officer set, and who; it counts while the figure it was set for is in force."""
    assessed: StatusAssessed | None = None
    fired: dict[str, tuple[TriggerFired, str]] = msgspec.field(default_factory=dict)
    """Triggers that fired for this period and were not withdrawn."""
    screened: frozenset[str] = frozenset()
    revision: int = 0
    """The highest revision entered so far."""
    comments: int = 0

    @property
    def basis(self) -> str | None:
        """What the period is judged by, as a citation: the figure in force, or that there is none."""
        held = self.confirmed or self.absent
        return held[1] if held else None

    @property
    def overridden(self) -> tuple[StatusOverridden, str] | None:
        """The officer's status that counts now; None where none was set, or the figure is another since."""
        return self.override if self.override and self.override[0].figure == self.basis else None


EMPTY = Standing()


@dataclass(frozen=True, slots=True)
class Older:
    """Periods that are left out of a series in memory, and how to get them from the log again."""

    last: Period
    """The latest of them."""
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
    older: Older | None = None

    @property
    def periods(self) -> dict[str, Standing]:
        """Every period, those left out read again."""
        if self.older is not None:
            self.held, self.older = {**self.older.read(), **self.held}, None
        return self.held

    def leave_out(self, keep: int, read: Callable[[], dict[str, Standing]]) -> None:
        """Keep the latest periods only; `read` gets the whole series from the log again."""
        gone = sorted(self.held, key=parse_period)[: max(0, len(self.held) - keep)]
        for period in gone:
            del self.held[period]
        if gone:
            self.older = Older(parse_period(gone[-1]), read)

    def copy(self) -> Series:
        """An independent copy; standings are never changed in place."""
        return Series(dict(self.held), self.refused, list(self.order), self.older)

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
        return self.order[bisect_left(self.order, first) :]

    @property
    def latest(self) -> StatusAssessed | None:
        """The assessment of the latest judged period."""
        found = (self.at(str(period)).assessed for period in reversed(self.order))
        return next((assessed for assessed in found if assessed is not None), None)

    @property
    def judged(self) -> list[Period]:
        """Periods with an assessment, oldest first."""
        return [period for period in self.order if self.at(str(period)).assessed is not None]

    def judged_before(self, period: Period, last: int | None = None) -> list[tuple[Period, StatusAssessed]]:
        """Earlier periods with an assessment, oldest first; with `last` only so many, the latest."""
        found: list[tuple[Period, StatusAssessed]] = []
        for n in range(bisect_left(self.order, period) - 1, -1, -1):
            if last is not None and len(found) >= last:
                break
            assessed = self.at(str(self.order[n])).assessed
            if assessed is not None:
                found.append((self.order[n], assessed))
        return found[::-1]

    def _known(self, period: str) -> None:
        """Put a period in its place among those to be judged, the first time that there is anything to judge it by."""
        held = self.at(period)
        if held.assessed is None and held.basis is None:
            insort(self.order, parse_period(period))

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        event = fact.event
        match event:
            case (
                FigureEntered() | FigureConfirmed() | FigureQueried() | FigureAbsent() | CommentAdded()
            ) | RestatementProposed():
                if isinstance(event, FigureConfirmed | FigureAbsent):
                    self._known(event.period)
                standing = self.at(event.period)
                standing = replace(standing, submission=fold(standing.submission, fact))
                self.held[event.period] = _submitted(standing, event, fact.ref)
            case ApprovalGiven() | ApprovalLapsed():
                standing = self.at(event.subject)
                self.held[event.subject] = replace(standing, submission=fold(standing.submission, fact))
            case StatusAssessed():
                self._known(event.period)
                self.held[event.period] = replace(self.at(event.period), assessed=event)
            case StatusOverridden():
                self.held[event.period] = replace(self.at(event.period), override=(event, fact.actor))
            case OverrideEnded():
                self.held[event.period] = replace(self.at(event.period), override=None)
            case TriggerFired():
                standing = self.at(event.period)
                fired = {**standing.fired, event.trigger: (event, fact.ref)}
                self.held[event.period] = replace(standing, fired=fired)
            case TriggerScreened():
                standing = self.at(event.period)
                self.held[event.period] = replace(standing, screened=standing.screened | {event.trigger})
            case TriggerWithdrawn() | TriggerClosed():
                standing = self.at(event.period)
                fired = {name: at for name, at in standing.fired.items() if name != event.trigger}
                self.held[event.period] = replace(standing, fired=fired)
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
            late = standing.absent is not None
            overdue = standing.late or (standing.confirmed is None and event.move.late_days is not None)
            revision = max(standing.revision, event.revision)
            standing = replace(standing, confirmed=(event, ref), entry=None, revision=revision)
            return replace(standing, absent=None, after_absence=late, late=overdue)
        case FigureAbsent():
            return replace(standing, confirmed=None, entry=None, absent=(event, ref), after_absence=False)
        case FigureQueried():
            return replace(standing, entry=None)
        case CommentAdded():
            return replace(standing, comments=standing.comments + 1)
        case _:
            return standing
