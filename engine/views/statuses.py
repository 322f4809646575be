"""The status of every series and period, and why."""

from __future__ import annotations

from collections.abc import Collection

from engine.view import Key, Line, columns_of
from engine.views.columns import number_text, series_of
from events.fact import Fact
from events.kinds.statuses import StatusAssessed
from events.schema import Event


class Status(Line, gc=False):
    """The status of one period."""

    indicator: str
    service: str
    period: str
    status: str
    reason: str
    rule: str | None
    pack: str
    value: str | None
    target_value: str | None
    compared: str | None
    previous: str | None
    declared: str | None
    cause: str
    not_assessed: str
    version: int


class Statuses:
    """One row a period, from its last assessment."""

    name = "statuses"
    line = Status
    columns = columns_of(Status)
    key = ("indicator", "service", "period")
    ranged = True
    indexes: tuple[tuple[str, ...], ...] = ()
    heeds: tuple[type[Event], ...] = (StatusAssessed,)

    def touches(self, fact: Fact[Event]) -> Collection[Key]:
        """The period assessed."""
        event = fact.event
        return [(*series_of(fact.stream), event.period)] if isinstance(event, StatusAssessed) else ()

    def fold(self, row: Status | None, key: Key, fact: Fact[Event]) -> Status | None:
        """The latest assessment replaces the one before."""
        event = fact.event
        if not isinstance(event, StatusAssessed):
            return row
        return Status(
            indicator=str(key[0]),
            service=str(key[1]),
            period=str(key[2]),
            status=event.status,
            reason=event.reason,
            rule=event.rule,
            pack=event.pack,
            value=number_text(event.value),
            target_value=number_text(event.target_value),
            compared=number_text(event.compared),
            previous=event.previous,
            declared=event.declared,
            cause=event.cause,
            not_assessed=" ".join(event.not_assessed),
            version=fact.version,
        )
