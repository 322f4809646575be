"""One period of a series as it stands, and what each fact about it makes of that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from events import stream as streams
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
    StatusOverridden,
    TriggerCleared,
    TriggerClosed,
    TriggerFired,
    TriggerScreened,
    TriggerWithdrawn,
)
from events.schema import Event
from rules.case import Past
from workflows.instance import Instance

Entered = FigureEntered | RestatementProposed
_OF_A_LOAD = f"{streams.IMPORTS}@"
"""What a figure of a historic load cites as its entry."""
E = TypeVar("E")


class Standing(msgspec.Struct, frozen=True, gc=False):
    """One period of a series as it stands."""

    submission: Instance | None = None
    entry: tuple[Entered, str] | None = None
    """The entry or restatement that waits for confirmation, and its citation."""
    confirmed: tuple[FigureConfirmed, str] | None = None
    """The figure in force, and its citation."""
    absent: tuple[FigureAbsent, str] | None = None
    """That there is no figure, and its citation; a figure that comes after all takes its place."""
    absent_on: date | None = None
    """From which day it was said that there is none; whether that was in time is asked whenever it is judged."""
    overdue: tuple[FigureOverdue, str] | None = None
    """That the window closed before there was anything in force, and its citation."""
    after_absence: bool = False
    """The figure in force came after it had been said that there is none, or that it is overdue."""
    late: bool = False
    """The first figure of the period was confirmed after its window had closed; a restatement leaves that as it is."""
    override: tuple[StatusOverridden, str] | None = None
    """The status that an officer set, and who; it counts while the figure it was set for is in force."""
    assessed: StatusAssessed | None = None
    fired: dict[str, tuple[TriggerFired, str]] = msgspec.field(default_factory=dict)
    """Triggers that fired for this period and were not withdrawn."""
    screened: dict[str, tuple[TriggerScreened, str]] = msgspec.field(default_factory=dict)
    """Triggers that hold for this period and were screened out."""
    cleared: frozenset[str] = frozenset()
    """Triggers that were said to have cleared in this period, whether or not that still stands."""
    revision: int = 0
    """The highest revision entered so far."""
    comments: int = 0
    actions: int = 0
    """Comments that say what is being done."""
    past: Past | None = None
    """What later periods look back at: its last judgement, with the figure that is in force."""

    @property
    def basis(self) -> str | None:
        """What the period is judged by, as a citation: the figure in force, that there is none, or that it is overdue."""
        held = self.confirmed or self.absent or self.overdue
        return held[1] if held else None

    @property
    def judged_by_figure(self) -> bool:
        """Whether it was judged by a figure, and not only by there being none."""
        if self.assessed is None or self.confirmed is None:
            return False
        return not self.after_absence or self.assessed.figure == self.confirmed[1]

    @property
    def is_history(self) -> bool:
        """Whether the figure in force was loaded as history."""
        return self.confirmed is not None and self.confirmed[0].entry.startswith(_OF_A_LOAD)

    @property
    def overridden(self) -> tuple[StatusOverridden, str] | None:
        """The officer's status that counts now; None where none was set, or the figure is another since."""
        return self.override if self.override and self.override[0].figure == self.basis else None


EMPTY = Standing()


class Rated(NamedTuple):
    """What a judged period came out as, as far as it matters whether it was ever rated."""

    status: str
    by_bands: bool
    """A band gave it, under whichever pack."""

    def counts(self, ratings: Collection[str]) -> bool:
        """Whether it is a rating: by this pack, whose judgements are given, or by one before it."""
        return self.by_bands or self.status in ratings


def ratings_of(periods: Iterable[Standing]) -> Iterator[Rated]:
    """What those periods came out as that were judged."""
    judged = (each.assessed for each in periods)
    return (Rated(each.status, each.rule.startswith("bands/")) for each in judged if each is not None)


def triggered(standing: Standing, event: Event, ref: str) -> Standing:
    """The period after a fact about one of its triggers."""
    match event:
        case TriggerFired():
            fired = {**standing.fired, event.trigger: (event, ref)}
            return replace(standing, fired=fired, screened=_without(standing.screened, event.trigger))
        case TriggerScreened():
            return replace(standing, screened={**standing.screened, event.trigger: (event, ref)})
        case TriggerCleared():
            return replace(standing, cleared=standing.cleared | {event.trigger})
        case TriggerWithdrawn(screened=True):
            return replace(standing, screened=_without(standing.screened, event.trigger))
        case TriggerWithdrawn():
            return replace(standing, fired=_without(standing.fired, event.trigger))
        case TriggerClosed():
            fired, screened = (_without(each, event.trigger) for each in (standing.fired, standing.screened))
            return replace(standing, fired=fired, screened=screened)
        case _:
            return standing


def _without(held: dict[str, E], trigger: str) -> dict[str, E]:
    return {name: at for name, at in held.items() if name != trigger} if trigger in held else held


def submitted(standing: Standing, event: Event, ref: str, submission: Instance, *, on: date) -> Standing:
    """The period after a fact about its figure that takes effect `on` a day."""
    match event:
        case FigureEntered() | RestatementProposed():
            return replace(standing, submission=submission, entry=(event, ref), revision=event.revision)
        case FigureConfirmed():
            confirmed, judged = (event, ref), standing.assessed
            return replace(
                standing,
                submission=submission,
                confirmed=confirmed,
                entry=None,
                revision=max(standing.revision, event.revision),
                absent=None,
                after_absence=standing.confirmed is None and bool(standing.absent or standing.overdue),
                late=standing.late or (standing.confirmed is None and event.move.late_days is not None),
                past=None if judged is None else past_of(judged, confirmed),
            )
        case FigureAbsent():
            judged = standing.assessed
            return replace(
                standing,
                submission=submission,
                confirmed=None,
                entry=None,
                absent=(event, ref),
                absent_on=on,
                after_absence=False,
                past=None if judged is None else past_of(judged, None),
            )
        case FigureQueried() | RestatementWithdrawn():
            return replace(standing, submission=submission, entry=None)
        case CommentAdded():
            said, done = not event.answers, event.action is not None
            comments, actions = standing.comments + said, standing.actions + done
            return replace(standing, submission=submission, comments=comments, actions=actions)
        case _:
            return replace(standing, submission=submission)


def past_of(judged: StatusAssessed, confirmed: tuple[FigureConfirmed, str] | None) -> Past:
    """A judged period, with the figure that is in force now."""
    if confirmed is None:
        return Past(judged.period, judged.status, judged.compared)
    figure = confirmed[0]
    return Past(
        judged.period, judged.status, judged.compared, figure.value, figure.numerator, figure.denominator
    )
