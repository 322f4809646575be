"""The register as decided on: services, one indicator, its targets, and the meetings of bodies."""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import msgspec

from events.fact import Fact
from events.kinds.register import (
    IndicatorAdded,
    IndicatorAmended,
    IndicatorRetired,
    MeetingAdded,
    MeetingCancelled,
    ServiceAdded,
    TargetSet,
)
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
    """One indicator of the register, None where the code is unknown; with every amendment since it was added."""

    added: IndicatorAdded | None = None
    versions: tuple[Version, ...] = ()
    """New versions by amendment, oldest first."""
    retired_on: date | None = None
    replaced_by: str = ""
    """The code of the indicator that took its place."""

    def copy(self) -> Indicator:
        """An independent copy."""
        return Indicator(self.added, self.versions, self.retired_on, self.replaced_by)

    def as_of(self, period: Period) -> IndicatorAdded | None:
        """The entry as it is for a period: what a later version answers differently does not bear on it."""
        if self.added is None or not self.versions:
            return self.added
        fields = next((each.before for each in self.versions if period < each.start), self.added.fields)
        return msgspec.structs.replace(self.added, fields=fields)

    def break_before(self, period: Period) -> Period | None:
        """The first period with which figures of this one can be compared, where there is an earlier one with which not."""
        starts = (each.start for each in self.versions if not each.comparable and each.start <= period)
        return max(starts, default=None)

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        match fact.event:
            case IndicatorAdded() as added:
                self.added = added
            case IndicatorAmended() as amended if self.added is not None:
                if amended.from_period is not None:
                    start = parse_period(amended.from_period)
                    version = Version(start, amended.comparable, self.added.fields, fact.ref)
                    self.versions = (*self.versions, version)
                self.added = msgspec.structs.replace(self.added, **_changed(self.added, amended))
            case IndicatorRetired(replaced_by=replaced_by):
                self.retired_on, self.replaced_by = fact.effective_on, replaced_by
            case _:
                pass


class Version(NamedTuple):
    """A new version of an indicator."""

    start: Period
    """Its first period."""
    comparable: bool
    """Whether figures from then on can be compared with those before."""
    before: dict[str, str]
    """The answers to what the pack asks, as they were before it."""
    ref: str
    """The amendment, as ``stream@version``."""


AMENDABLE = ("lowest", "highest", "lag", "accumulation", "aggregation")
"""What an amendment may change: nothing that a status rests on."""


def _changed(before: IndicatorAdded, amended: IndicatorAmended) -> dict[str, object]:
    given = ((name, getattr(amended, name)) for name in (*AMENDABLE, "title"))
    changed = {name: value for name, value in given if value is not None}
    return {**changed, **({"fields": {**before.fields, **amended.fields}} if amended.fields else {})}


@dataclass(slots=True)
class Targets:
    """All targets of an indicator, by service ("" is every service) and first period; the last one set counts."""

    set: dict[str, dict[Period, tuple[TargetSet, str]]] = field(default_factory=dict)
    """Service → first period → the target with its citation."""
    starts: dict[str, list[Period]] = field(default_factory=dict)
    """Service → its first periods, oldest first."""

    def copy(self) -> Targets:
        """An independent copy."""
        return Targets(
            {service: dict(held) for service, held in self.set.items()},
            {service: list(starts) for service, starts in self.starts.items()},
        )

    def apply(self, fact: Fact[Event]) -> None:
        """Take a fact in."""
        if isinstance(fact.event, TargetSet):
            self.add(fact.event, fact.ref)

    def add(self, target: TargetSet, ref: str) -> None:
        """Take a target in, with its citation."""
        start, held = parse_period(target.from_period), self.set.setdefault(target.service, {})
        if start not in held:
            insort(self.starts.setdefault(target.service, []), start)
        held[start] = (target, ref)

    def for_period(self, period: Period, service: str) -> tuple[TargetSet, str] | None:
        """The target of a period: a service's own before the general one, the latest `from_period`, the last one set."""
        for whose in (service, ""):
            starts = self.starts.get(whose, [])
            at = bisect_right(starts, period)
            if at:
                return self.set[whose][starts[at - 1]]
        return None

    def set_after_outcome(self, period: Period, service: str) -> bool:
        """Whether the target of a period was set when the period's outcome was known already: a restatement."""
        found = self.for_period(period, service)
        known = found[0].outcome_known.get(service) if found else None
        return known is not None and period <= parse_period(known)


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
