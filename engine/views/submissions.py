"""Every figure's way from entry to confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.view import Key, Row
from engine.views.columns import number_text, series_of
from events.fact import Fact
from events.kinds.figures import (
    CommentAdded,
    FigureAbsent,
    FigureConfirmed,
    FigureEntered,
    FigureQueried,
    RestatementProposed,
)
from events.schema import Event

_OF_A_FIGURE = (
    FigureEntered,
    FigureConfirmed,
    FigureQueried,
    FigureAbsent,
    CommentAdded,
    RestatementProposed,
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
        if isinstance(fact.event, _OF_A_FIGURE):
            yield (*series_of(fact.stream), fact.event.period)

    def fold(self, row: Row | None, key: Key, fact: Fact[Event]) -> Row | None:
        """The figure shown is the one in force, or the one entered while none is; `waiting` marks one to confirm."""
        event = fact.event
        if not isinstance(event, _OF_A_FIGURE):
            return row
        after = {**(row or self._blank(key)), "state": event.move.target}
        if event.move.late_days:
            after["late_days"] = event.move.late_days
        match event:
            case FigureEntered():
                after.update(_figure(event), waiting=1, revision=event.revision)
                after.update(entered_by=fact.actor, entered_on=fact.effective_on.isoformat())
            case RestatementProposed():
                after.update(waiting=1, revision=event.revision)
                after.update(entered_by=fact.actor, entered_on=fact.effective_on.isoformat())
            case FigureConfirmed():
                after["revision"] = max(int(after["revision"] or 0), event.revision)
                after.update(_figure(event), waiting=0)
                after.update(confirmed_by=fact.actor, confirmed_on=fact.effective_on.isoformat())
            case FigureAbsent():
                after.update(_NO_FIGURE, waiting=0)
            case FigureQueried():
                after.update(waiting=0)
            case CommentAdded(answers=False):
                after["comments"] = int(after["comments"] or 0) + 1
        return after

    def _blank(self, key: Key) -> dict[str, str | int | None]:
        named = dict(zip(self.key, key, strict=True))
        return {
            **dict.fromkeys(self.columns, None),
            **named,
            "revision": 0,
            "waiting": 0,
            "comments": 0,
            "provisional": 0,
        }


def _figure(event: FigureEntered | FigureConfirmed) -> dict[str, str | int | None]:
    return {
        "value": number_text(event.value),
        "numerator": number_text(event.numerator),
        "denominator": number_text(event.denominator),
        "declared_status": event.declared_status,
        "reported_as": event.reported_as,
        "provisional": int(event.provisional),
    }


_NO_FIGURE: dict[str, str | int | None] = {
    **dict.fromkeys(("value", "numerator", "denominator", "declared_status", "reported_as")),
    "provisional": 0,
}
"""What is shown of a figure where there is none."""
