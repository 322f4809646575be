"""The register of indicators."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from engine.view import Key, Line, columns_of
from events.fact import Fact
from events.kinds.register import IndicatorAdded, IndicatorAmended, IndicatorRetired
from events.schema import Event


class Entry(Line, gc=False):
    """The entry of one indicator in the register."""

    indicator: str
    title: str
    polarity: str
    frequency: str
    measured_in: str
    decimals: int
    kind: str
    services: str
    first_period: str | None
    lag: str | None
    retired_on: str | None = None


class Indicators:
    """One row an indicator; its services are joined by spaces."""

    name = "indicators"
    line = Entry
    columns = columns_of(Entry)
    key = ("indicator",)
    ranged = True
    indexes: tuple[tuple[str, ...], ...] = ()
    heeds: tuple[type[Event], ...] = (IndicatorAdded, IndicatorAmended, IndicatorRetired)

    def touches(self, fact: Fact[Event]) -> Collection[Key]:
        """The indicator added, amended or retired."""
        event = fact.event
        return (
            [(event.indicator,)]
            if isinstance(event, IndicatorAdded | IndicatorAmended | IndicatorRetired)
            else ()
        )

    def fold(self, row: Entry | None, key: Key, fact: Fact[Event]) -> Entry | None:
        """As it was added, with what was amended since."""
        event = fact.event
        if isinstance(event, IndicatorAmended) and row is not None:
            given = {"lag": event.lag, "title": event.title}
            return replace(row, **{name: value for name, value in given.items() if value is not None})
        if isinstance(event, IndicatorRetired) and row is not None:
            return replace(row, retired_on=fact.effective_on.isoformat())
        if not isinstance(event, IndicatorAdded):
            return row
        return Entry(
            indicator=event.indicator,
            title=event.title,
            polarity=event.polarity,
            frequency=event.frequency,
            measured_in=event.measured_in,
            decimals=event.decimals,
            kind=event.kind,
            services=" ".join(event.services),
            first_period=event.first_period,
            lag=event.lag,
        )
