"""The register, its people and its meetings, told."""

from __future__ import annotations

from engine.queries.names import Names
from engine.queries.sentences.telling import day, quoted, tells
from events.fact import Fact
from events.kinds import people
from events.kinds import register as kinds
from events.number import plain
from events.schema import Event


@tells(kinds.ServiceAdded)
def service(event: kinds.ServiceAdded, fact: Fact[Event], names: Names) -> str:
    """A node of the tree."""
    below = f" below {event.parent}" if event.parent else ""
    return f"{names.person(fact.actor)} added the service {event.service} ({event.label}){below}"


@tells(kinds.IndicatorAdded)
def indicator(event: kinds.IndicatorAdded, fact: Fact[Event], names: Names) -> str:
    """An indicator."""
    by = ", ".join(event.services) or "no service yet"
    return (
        f"{names.person(fact.actor)} added the indicator {event.indicator} ({event.title}), returned every "
        f"{event.frequency} by {by}"
    )


@tells(kinds.IndicatorAmended)
def amended(event: kinds.IndicatorAmended, fact: Fact[Event], names: Names) -> str:
    """What its figures may be."""
    said = [
        f"{name} {plain(limit)}"
        for name in ("lowest", "highest")
        if (limit := getattr(event, name)) is not None
    ]
    said += [f"reporting lag {event.lag or 'none'}"] if event.lag is not None else []
    words = (event.accumulation, event.aggregation)
    said += [word.replace("_", " ") for word in words if word is not None]
    said += [f"title {event.title}"] if event.title is not None else []
    said += [f"{name.replace('_', ' ')} {value}" for name, value in event.fields.items()]
    said += [f"another version from {event.from_period} on"] if event.from_period else []
    said += [] if event.comparable else ["not comparable with what was before"]
    return (
        f"{names.person(fact.actor)} amended the indicator {event.indicator} ({', '.join(said)})"
        f"{quoted(event.reason, names)}"
    )


@tells(kinds.IndicatorRetired)
def retired(event: kinds.IndicatorRetired, fact: Fact[Event], names: Names) -> str:
    """Its end."""
    instead = f", replaced by {event.replaced_by}" if event.replaced_by else ""
    return f"{names.person(fact.actor)} retired the indicator {event.indicator}{instead}{quoted(event.reason, names)}"


@tells(kinds.TargetSet)
def target(event: kinds.TargetSet, fact: Fact[Event], names: Names) -> str:
    """A target."""
    value = plain(event.value) if event.value is not None else ""
    if event.low is not None and event.high is not None:
        value = f"{plain(event.low)} to {plain(event.high)}"
    if event.basis:
        others = ", ".join(f"{name} {plain(at)}" for name, at in event.bases.items() if name != event.basis)
        value += f" ({event.basis}, the hardest; {others})"
    floor = f", floor {plain(event.floor)}" if event.floor is not None else ""
    unit = {"percent": " %", "units": f" unit{'' if event.tolerance == 1 else 's'}"}.get(
        event.tolerance_in, ""
    )
    tolerance = f", tolerance {plain(event.tolerance)}{unit}" if event.tolerance is not None else ""
    where = f" for {event.service}" if event.service else ""
    known = ", ".join(f"{service} up to {period}" for service, period in event.outcome_known.items())
    after = f", after the outcome was known ({known})" if known else ""
    return (
        f"{names.person(fact.actor)} set the target of {event.indicator}{where} to {value or 'none'}{floor}{tolerance} "
        f"from {event.from_period} on{after}{quoted(event.reason, names)}"
    )


@tells(kinds.MeetingAdded)
def meeting(event: kinds.MeetingAdded, fact: Fact[Event], names: Names) -> str:
    """A meeting."""
    return f"{names.person(fact.actor)} entered a meeting of {event.body} on {day(event.on)}"


@tells(kinds.MeetingCancelled)
def cancelled(event: kinds.MeetingCancelled, fact: Fact[Event], names: Names) -> str:
    """A meeting taken back."""
    return f"{names.person(fact.actor)} cancelled the meeting of {event.body} on {day(event.on)}"


@tells(people.PersonAdded)
def person(event: people.PersonAdded, fact: Fact[Event], names: Names) -> str:
    """A person."""
    return f"{names.person(fact.actor)} added {names.person(event.person)} ({event.person})"


@tells(people.RoleAssigned)
def assigned(event: people.RoleAssigned, fact: Fact[Event], names: Names) -> str:
    """A role."""
    scope = f" for {event.scope}" if event.scope else ""
    until = f" until {day(event.until)}" if event.until else ""
    return (
        f"{names.person(fact.actor)} gave {names.person(event.person)} the role {event.role}{scope} from "
        f"{day(event.start)}{until}"
    )


@tells(people.RoleEnded)
def ended(event: people.RoleEnded, fact: Fact[Event], names: Names) -> str:
    """A role's end."""
    scope = f" for {event.scope}" if event.scope else ""
    return (
        f"{names.person(fact.actor)} ended the role {event.role}{scope} of {names.person(event.person)} with "
        f"{day(event.last_day)}"
    )
