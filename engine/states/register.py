"""The register as decided on: services, one indicator, its targets, and the meetings of bodies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from events.fact import Fact
from events.kinds.register import IndicatorAdded, MeetingAdded, MeetingCancelled, ServiceAdded, TargetSet
from events.period import Period, parse_period
from events.schema import Event


@dataclass(slots=True)
class Services:
    """The council's tree: service → parent."""

    parents: dict[str, str | None] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def copy(self) -> Services:
        """An independent copy."""
        return Services(dict(self.parents), dict(self.labels))

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        if isinstance(fact.event, ServiceAdded):
            self.parents[fact.event.service] = fact.event.parent
            self.labels[fact.event.service] = fact.event.label

    def with_ancestors(self, service: str) -> frozenset[str]:
        """A service and every service above it."""
        found: set[str] = set()
        node: str | None = service
        while node is not None and node not in found:
            found.add(node)
            node = self.parents.get(node)
        return frozenset(found)


@dataclass(slots=True)
class Indicator:
    """One indicator of the register, None where the code is unknown."""

    added: IndicatorAdded | None = None

    def copy(self) -> Indicator:
        """An independent copy."""
        return Indicator(self.added)

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        if isinstance(fact.event, IndicatorAdded):
            self.added = fact.event


@dataclass(slots=True)
class Targets:
    """All targets of an indicator, in the order they were set, each with its citation."""

    set: tuple[tuple[Period, TargetSet, str], ...] = ()

    def copy(self) -> Targets:
        """An independent copy."""
        return Targets(self.set)

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        if isinstance(fact.event, TargetSet):
            self.set = (*self.set, (parse_period(fact.event.from_period), fact.event, fact.ref))

    def for_period(self, period: Period, service: str) -> tuple[TargetSet, str] | None:
        """The target of a period: a service's own before the general one, the latest `from_period`, the last one set."""
        best: tuple[tuple[bool, Period, int], TargetSet, str] | None = None
        for order, (start, target, ref) in enumerate(self.set):
            if start > period or target.service not in ("", service):
                continue
            rank = (target.service != "", start, order)
            if best is None or rank > best[0]:
                best = (rank, target, ref)
        return best[1:] if best else None


@dataclass(slots=True)
class Meetings:
    """The dated meetings of each body, sorted."""

    days: dict[str, tuple[date, ...]] = field(default_factory=dict)

    def copy(self) -> Meetings:
        """An independent copy."""
        return Meetings(dict(self.days))

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        match fact.event:
            case MeetingAdded(body=body, on=on):
                self.days[body] = tuple(sorted({*self.days.get(body, ()), on}))
            case MeetingCancelled(body=body, on=on):
                self.days[body] = tuple(day for day in self.days.get(body, ()) if day != on)
            case _:
                pass

    def next(self, body: str, after: date) -> date | None:
        """The first meeting after a day, None where none is entered."""
        return next((day for day in self.days.get(body, ()) if day > after), None)
