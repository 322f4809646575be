"""Every figure's way from entry to confirmation."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from engine.view import Key, Line, columns_of
from engine.views.columns import number_text, series_of
from events.fact import Fact
from events.kinds.figures import (
    CommentAdded,
    FigureAbsent,
    FigureConfirmed,
    FigureEntered,
    FigureQueried,
    RestatementProposed,
    RestatementWithdrawn,
)
from events.schema import Event

_OF_A_FIGURE = (
    FigureEntered,
    FigureConfirmed,
    FigureQueried,
    FigureAbsent,
    CommentAdded,
    RestatementProposed,
    RestatementWithdrawn,
)


class Submission(Line, gc=False):
    """A figure of one period on its way; as it is before anybody touches it, where nothing else is said."""

    indicator: str
    service: str
    period: str
    state: str | None = None
    revision: int = 0
    waiting: int = 0
    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    declared_status: str | None = None
    reported_as: str | None = None
    provisional: int = 0
    entered_by: str | None = None
    entered_on: str | None = None
    confirmed_by: str | None = None
    confirmed_on: str | None = None
    late_days: int | None = None
    comments: int = 0


class Submissions:
    """One row a period that somebody has touched."""

    name = "submissions"
    line = Submission
    columns = columns_of(Submission)
    key = ("indicator", "service", "period")
    ranged = True
    indexes: tuple[tuple[str, ...], ...] = (("waiting", "service"),)
    heeds: tuple[type[Event], ...] = _OF_A_FIGURE

    def touches(self, fact: Fact[Event]) -> Collection[Key]:
        """The period of the figure."""
        event = fact.event
        return [(*series_of(fact.stream), event.period)] if isinstance(event, _OF_A_FIGURE) else ()

    def fold(self, row: Submission | None, key: Key, fact: Fact[Event]) -> Submission | None:
        """The figure shown is the one in force, or the one entered while none is; `waiting` marks one to confirm."""
        event = fact.event
        if not isinstance(event, _OF_A_FIGURE):
            return row
        after = Submission(*key) if row is None else replace(row)  # type: ignore[arg-type]  # the key's columns are texts
        after.state = event.move.target
        if event.move.late_days:
            after.late_days = event.move.late_days
        match event:
            case FigureEntered():
                _show(after, event)
                _entered(after, event.revision, fact)
            case RestatementProposed():
                _entered(after, event.revision, fact)
            case FigureConfirmed():
                _show(after, event)
                _confirmed(after, event.revision, fact)
            case FigureAbsent():
                _show_none(after)
                after.waiting = 0
            case FigureQueried() | RestatementWithdrawn():
                after.waiting = 0
            case CommentAdded(answers=False):
                after.comments += 1
        return after


def _entered(after: Submission, revision: int, fact: Fact[Event]) -> None:
    after.waiting = 1
    after.revision = revision
    after.entered_by = fact.actor
    after.entered_on = fact.effective_on.isoformat()


def _confirmed(after: Submission, revision: int, fact: Fact[Event]) -> None:
    after.waiting = 0
    after.revision = max(after.revision, revision)
    after.confirmed_by = fact.actor
    after.confirmed_on = fact.effective_on.isoformat()


def _show(after: Submission, figure: FigureEntered | FigureConfirmed) -> None:
    after.value = number_text(figure.value)
    after.numerator = number_text(figure.numerator)
    after.denominator = number_text(figure.denominator)
    after.declared_status = figure.declared_status
    after.reported_as = figure.reported_as
    after.provisional = int(figure.provisional)


def _show_none(after: Submission) -> None:
    after.value = after.numerator = after.denominator = after.declared_status = after.reported_as = None
    after.provisional = 0
