"""Which facts came after the period that they are about was closed: worked out from the record, never stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from engine.queries.reader import Reader
from engine.queries.sentences.telling import day
from engine.states.register import Targets
from events import stream as streams
from events.fact import Fact
from events.kinds.periods import PeriodClosed
from events.kinds.register import TargetSet
from events.period import Period, parse_period
from events.schema import Event


class Closed(NamedTuple):
    """One closing: of which period, on which day, by which event."""

    period: str
    on: date
    position: int


class AfterClosing:
    """Sets facts against the closings of a book."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._closed = dict(_closings(reader)) if reader.work.periods().closed else {}
        self._targets: dict[str, dict[int, tuple[Closed, ...]]] = {}

    def words(self, fact: Fact[Event]) -> str:
        """``after the period was closed on 14 October 2011 (event 34)``; empty for a fact that did not come after."""
        event = fact.event
        if not self._closed:
            return ""
        if isinstance(event, TargetSet):
            return _several(self._of_target(fact.position, event))
        period = getattr(event, "period", None)
        if not isinstance(period, str) or not fact.stream.startswith("series/"):
            return ""
        return self.of_period(period, fact.position)

    def of_period(self, period: str, position: int) -> str:
        """The same for whatever was recorded at a position about one period."""
        closed = self._closed.get(period)
        return "" if closed is None or position <= closed.position else _one("the period", closed)

    def _of_target(self, position: int, event: TargetSet) -> tuple[Closed, ...]:
        """The closed periods whose figures have been aimed at something else since a target was set; oldest first."""
        code = event.indicator
        if code not in self._targets:
            self._targets[code] = dict(self._bearing(code))
        return self._targets[code].get(position, ())

    def _bearing(self, code: str) -> Iterator[tuple[int, tuple[Closed, ...]]]:
        """The position of each target → what was closed before, and is judged by it from then on."""
        added, held = self._reader.work.indicator(code).added, Targets()
        known = sorted((parse_period(name), closed) for name, closed in self._closed.items())
        for fact in self._reader.facts_of(streams.targets(code)):
            event = fact.event
            if not isinstance(event, TargetSet):
                continue
            held.add(event, fact.ref)
            services = (event.service,) if event.service or added is None else added.services
            start = parse_period(event.from_period)
            yield (
                fact.position,
                tuple(
                    closed
                    for period, closed in known
                    if closed.position < fact.position
                    and start.kind == period.kind
                    and any(_cited(held, period, service) == fact.ref for service in services)
                ),
            )


def _cited(held: Targets, period: Period, service: str) -> str | None:
    found = held.for_period(period, service)
    return found[1] if found else None


def _closings(reader: Reader) -> Iterator[tuple[str, Closed]]:
    for fact in reader.facts_of(streams.PERIODS):
        if isinstance(fact.event, PeriodClosed):
            yield fact.event.period, Closed(fact.event.period, fact.effective_on, fact.position)


def _one(what: str, closed: Closed) -> str:
    return f"after {what} was closed on {day(closed.on)} (event {closed.position})"


def _several(closed: tuple[Closed, ...]) -> str:
    """Of several the last one is named."""
    if len(closed) < 2:
        return _one(closed[0].period, closed[0]) if closed else ""
    last = closed[-1]
    return (
        f"after {len(closed)} periods up to {last.period} were closed, {last.period} on {day(last.on)} "
        f"(event {last.position})"
    )
