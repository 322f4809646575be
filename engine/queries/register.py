"""The register: indicators, services, targets and meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from engine.commands import SetTarget
from engine.handle import Engine
from engine.queries.after_closing import AfterClosing
from engine.queries.figures.due_periods import last_ended
from engine.queries.known import check_known
from engine.queries.names import Names
from engine.queries.reader import Reader
from engine.queries.shown import joined, number_shown
from engine.view import Row
from engine.views import INDICATORS
from engine.views.columns import number_text
from events import stream as streams
from events.errors import NotFound
from events.fact import Fact
from events.instant import Instant
from events.kinds.register import IndicatorAdded, TargetSet
from events.number import plain
from events.schema import Event


class IndicatorLine(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator."""

    indicator: str
    title: str
    kind: str
    frequency: str
    measured_in: str
    decimals: int
    polarity: str
    services: tuple[str, ...]
    first_period: str | None


class ServiceLine(msgspec.Struct, frozen=True, kw_only=True):
    """A node of the council's tree; parents stand before their children."""

    service: str
    label: str
    parent: str | None
    depth: int
    indicators: int
    """How many indicators it returns itself."""


class TargetLine(msgspec.Struct, frozen=True, kw_only=True):
    """One target as it was set; a later one replaces an earlier one from its period on."""

    indicator: str
    service: str
    """Empty: every service."""
    from_period: str
    shown: str
    value: str | None
    low: str | None
    high: str | None
    floor: str | None
    tolerance: str | None
    tolerance_shown: str
    """With what it is counted in: ``5 %`` of the target, ``5`` units."""
    bases: dict[str, str]
    """What the value was chosen from."""
    basis: str
    """The one of these that is the target; empty where there was no choice."""
    set_by: str
    set_on: date
    recorded_at: Instant
    position: int
    reason: str
    in_force_for: tuple[str, ...]
    """Services whose figures of the period that the day looked at lies in are judged by it."""
    in_force: str
    """The same in words: ``in force``, or for which of the services; empty where another one is."""
    outcome_known: dict[str, str]
    """Service → the last period whose outcome was known when it was set: a restatement of what had been aimed at."""
    after_closing: str
    """``after 2011-Q2 was closed on 14 October 2011 (event 34)``, where it changed what a closed period is judged by."""


class VersionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A new version of an indicator."""

    from_period: str
    comparable: bool
    """Whether figures from then on can be compared with those before."""


class LifeLine(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an indicator since it was added."""

    versions: tuple[VersionLine, ...]
    """Oldest first."""
    retired_on: date | None
    replaced_by: str = ""
    """The code of the one that took its place."""


class MeetingLine(msgspec.Struct, frozen=True, kw_only=True):
    """A body meets on a day."""

    body: str
    label: str
    on: date


def indicators(engine: Engine, *, at: int | None = None, word: str | None = None) -> list[IndicatorLine]:
    """The register, by code; with `word`, those whose code or title has it."""
    wanted = word.casefold() if word else ""
    return [
        _indicator(row)
        for row in Reader(engine, at).rows(INDICATORS)
        if wanted in str(row["indicator"]).casefold() or wanted in str(row["title"]).casefold()
    ]


def indicator_added(engine: Engine, code: str, *, at: int | None = None) -> IndicatorAdded:
    """One indicator with everything the register says of it. Raises NotFound with the nearest code."""
    reader = Reader(engine, at)
    added = reader.work.indicator(code).added
    if added is None:
        raise NotFound(reader.shelf.unknown_indicator(code))
    return added


def indicator_life(engine: Engine, code: str, *, at: int | None = None) -> LifeLine:
    """Its versions, and whether it is retired; of an unknown code, none."""
    entry = Reader(engine, at).work.indicator(code)
    return LifeLine(
        versions=tuple(
            VersionLine(from_period=str(each.start), comparable=each.comparable) for each in entry.versions
        ),
        retired_on=entry.retired_on,
        replaced_by=entry.replaced_by,
    )


def services(engine: Engine, *, at: int | None = None) -> list[ServiceLine]:
    """The council's tree, each parent followed by what is below it."""
    reader = Reader(engine, at)
    tree = reader.work.services()
    returned: dict[str, int] = {}
    for row in reader.rows(INDICATORS):
        for service in str(row["services"]).split():
            returned[service] = returned.get(service, 0) + 1
    children: dict[str | None, list[str]] = {}
    for service, parent in tree.parents.items():
        children.setdefault(parent if parent in tree.parents else None, []).append(service)

    def below(parent: str | None, depth: int) -> Iterator[ServiceLine]:
        for service in sorted(children.get(parent, ())):
            yield ServiceLine(
                service=service,
                label=tree.labels[service],
                parent=parent,
                depth=depth,
                indicators=returned.get(service, 0),
            )
            yield from below(service, depth + 1)

    return list(below(None, 0))


def targets(
    engine: Engine, indicator: str, *, names: Names, day: date | None = None, at: int | None = None
) -> list[TargetLine]:
    """Every target an indicator was ever given, in the order they were set; and which is in force on a `day`.

    Raises NotFound for an unknown code.
    """
    added = indicator_added(engine, indicator, at=at)
    reader = Reader(engine, at)
    facts = reader.facts_of(streams.targets(indicator))
    names.fetch(str(fact.event.reason) for fact in facts if isinstance(fact.event, TargetSet))
    cited = {} if day is None else _cited(reader, added, day)
    closings = AfterClosing(reader)
    return [
        _target(
            fact,
            fact.event,
            added,
            names,
            tuple(each for each in cited if cited[each] == fact.ref),
            closings.words(fact),
        )
        for fact in facts
        if isinstance(fact.event, TargetSet)
    ]


def meetings(
    engine: Engine, *, body: str | None = None, since: date | None = None, at: int | None = None
) -> list[MeetingLine]:
    """Meetings entered and not cancelled, by day. Raises NotFound for a body that no pack has."""
    reader = Reader(engine, at)
    check_known(reader, body=body)
    bodies = reader.newest.organisation.bodies if reader.newest else {}
    found = (
        MeetingLine(body=name, label=bodies[name].label if name in bodies else name, on=day)
        for name, days in reader.work.meetings().days.items()
        for day in days
        if body in (None, name) and (since is None or day >= since)
    )
    return sorted(found, key=lambda line: (line.on, line.body))


def _indicator(row: Row) -> IndicatorLine:
    return IndicatorLine(
        indicator=str(row["indicator"]),
        title=str(row["title"]),
        kind=str(row["kind"]),
        frequency=str(row["frequency"]),
        measured_in=str(row["measured_in"]),
        decimals=int(row["decimals"] or 0),
        polarity=str(row["polarity"]),
        services=tuple(str(row["services"]).split()),
        first_period=None if row["first_period"] is None else str(row["first_period"]),
    )


def _target(
    fact: Fact[Event],
    event: TargetSet,
    added: IndicatorAdded,
    names: Names,
    services: tuple[str, ...],
    after_closing: str,
) -> TargetLine:
    measured_in = added.measured_in
    texts = {
        name: number_text(getattr(event, name)) for name in ("value", "low", "high", "floor", "tolerance")
    }
    shown = number_shown(texts["value"], measured_in)
    if event.value is None and event.low is not None and event.high is not None:
        shown = f"{number_shown(texts['low'], 'number')} to {number_shown(texts['high'], measured_in)}"
    return TargetLine(
        indicator=event.indicator,
        service=event.service,
        from_period=event.from_period,
        shown=shown,
        tolerance_shown=tolerance_shown(event, measured_in),
        bases={name: plain(value) for name, value in event.bases.items()},
        basis=event.basis,
        set_by=names.person(fact.actor),
        set_on=fact.effective_on,
        recorded_at=fact.recorded_at,
        position=fact.position,
        in_force_for=services,
        in_force=_in_force(event, added, services),
        reason=names.text(event.reason) if event.reason else "",
        outcome_known=dict(event.outcome_known),
        after_closing=after_closing,
        **texts,
    )


def _cited(reader: Reader, added: IndicatorAdded, day: date) -> dict[str, str]:
    """Service → its target for the period that a day lies in, as a citation."""
    current = last_ended(added.frequency, day, reader.calendar.year_starts).next()
    standing = reader.work.targets(added.indicator)
    found = {service: standing.for_period(current, service) for service in added.services}
    return {service: target[1] for service, target in found.items() if target is not None}


def _in_force(event: TargetSet, added: IndicatorAdded, services: tuple[str, ...]) -> str:
    whole = len(services) == len(added.services) or services == (event.service,)
    if not services or whole:
        return "in force" if services else ""
    return f"in force for {joined(services, 'and')}"


def tolerance_shown(event: TargetSet | SetTarget, measured_in: str) -> str:
    """A target's own tolerance, as it is read; empty where it has none."""
    if event.tolerance is None:
        return ""
    match event.tolerance_in:
        case "percent":
            return f"{plain(event.tolerance)} % of it"
        case "units":
            points = " points" if measured_in == "percent" else ""
            return f"{plain(event.tolerance)}{points}"
        case _:
            return plain(event.tolerance)
