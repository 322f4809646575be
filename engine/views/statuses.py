"""The status of every series and period, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.view import Key, Row
from engine.views.columns import number_text, series_of
from events.fact import Fact
from events.kinds.statuses import StatusAssessed
from events.schema import Event


class Statuses:
    """One row a period, from its last assessment."""

    name = "statuses"
    columns: Mapping[str, type[str] | type[int]] = {
        "indicator": str,
        "service": str,
        "period": str,
        "status": str,
        "reason": str,
        "rule": str,
        "pack": str,
        "value": str,
        "target_value": str,
        "compared": str,
        "previous": str,
        "declared": str,
        "cause": str,
        "not_assessed": str,
        "version": int,
    }
    key = ("indicator", "service", "period")
    ranged = True
    indexes: tuple[tuple[str, ...], ...] = ()
    heeds: tuple[type[Event], ...] = (StatusAssessed,)

    def touches(self, fact: Fact[Event]) -> Iterable[Key]:
        """The period assessed."""
        event = fact.event
        return [(*series_of(fact.stream), event.period)] if isinstance(event, StatusAssessed) else ()

    def fold(self, row: Row | None, key: Key, fact: Fact[Event]) -> Row | None:
        """The latest assessment replaces the one before."""
        event = fact.event
        if not isinstance(event, StatusAssessed):
            return row
        return {
            "status": event.status,
            "reason": event.reason,
            "rule": event.rule,
            "pack": event.pack,
            "value": number_text(event.value),
            "target_value": number_text(event.target_value),
            "compared": number_text(event.compared),
            "previous": event.previous,
            "declared": event.declared,
            "cause": event.cause,
            "not_assessed": " ".join(event.not_assessed),
            "version": fact.version,
        }
