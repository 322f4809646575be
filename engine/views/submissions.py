"""Every figure's way from entry to confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.view import Key, Row, Value
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


class Submissions:
    """One row a period that somebody has touched."""

    name = "submissions"
    columns: Mapping[str, type[str] | type[int]] = {
        "indicator": str,
        "service": str,
        "period": str,
        "state": str,
        "revision": int,
        "waiting": int,
        "value": str,
        "numerator": str,
        "denominator": str,
        "declared_status": str,
        "reported_as": str,
        "provisional": int,
        "entered_by": str,
        "entered_on": str,
        "confirmed_by": str,
        "confirmed_on": str,
        "late_days": int,
        "comments": int,
    }
    key = ("indicator", "service", "period")
    ranged = True
    indexes: tuple[tuple[str, ...], ...] = (("waiting", "service"),)
    heeds: tuple[type[Event], ...] = _OF_A_FIGURE

    def touches(self, fact: Fact[Event]) -> Iterable[Key]:
        """The period of the figure."""
        event = fact.event
        return [(*series_of(fact.stream), event.period)] if isinstance(event, _OF_A_FIGURE) else ()

    def fold(self, row: Row | None, key: Key, fact: Fact[Event]) -> Row | None:
        """The figure shown is the one in force, or the one entered while none is; `waiting` marks one to confirm."""
        event = fact.event
        if not isinstance(event, _OF_A_FIGURE):
            return row
        after = {**(row or _UNTOUCHED), "state": event.move.target}
        if event.move.late_days:
            after["late_days"] = event.move.late_days
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
                after.update(_NO_FIGURE, waiting=0)
            case FigureQueried() | RestatementWithdrawn():
                after["waiting"] = 0
            case CommentAdded(answers=False):
                after["comments"] = int(after["comments"] or 0) + 1
        return after


_UNTOUCHED: Row = {
    **dict.fromkeys(Submissions.columns),
    **dict.fromkeys(("revision", "waiting", "comments", "provisional"), 0),
}
"""What is known of a period before anybody touches it."""


def _entered(after: dict[str, Value], revision: int, fact: Fact[Event]) -> None:
    after["waiting"] = 1
    after["revision"] = revision
    after["entered_by"] = fact.actor
    after["entered_on"] = fact.effective_on.isoformat()


def _confirmed(after: dict[str, Value], revision: int, fact: Fact[Event]) -> None:
    after["waiting"] = 0
    after["revision"] = max(int(after["revision"] or 0), revision)
    after["confirmed_by"] = fact.actor
    after["confirmed_on"] = fact.effective_on.isoformat()


def _show(after: dict[str, Value], figure: FigureEntered | FigureConfirmed) -> None:
    after["value"] = number_text(figure.value)
    after["numerator"] = number_text(figure.numerator)
    after["denominator"] = number_text(figure.denominator)
    after["declared_status"] = figure.declared_status
    after["reported_as"] = figure.reported_as
    after["provisional"] = int(figure.provisional)


_NO_FIGURE: Row = {
    **dict.fromkeys(("value", "numerator", "denominator", "declared_status", "reported_as")),
    "provisional": 0,
}
"""What is shown of a figure where there is none."""
